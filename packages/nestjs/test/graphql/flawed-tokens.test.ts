import { flawNames } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { invalidToken, refusedAnswer } from './answers.js';
import { platforms } from './open-graphql.js';
import { openGuardedQuery } from './open-guarded-query.js';

describe.each(platforms)('Apollo on %s', (platform) => {
  let world: OpenIssuer;
  let api: Awaited<ReturnType<typeof openGuardedQuery>>;
  beforeAll(async () => {
    world = await openIssuer();
    api = await openGuardedQuery(platform, world.trust());
  });

  test.each(flawNames)('%s: UNAUTHENTICATED, and the resolver is not reached', async (flaw) => {
    expect(await api.call(world.issuer.flaws[flaw]())).toEqual(refusedAnswer(invalidToken, 'projects'));
    expect([api.reached, api.errors]).toEqual([[], []]);
  });

  test('after all flaws a good token is as good as before', async () => {
    const { data, errors } = await api.call(world.issuer.token({ org: 'org_A' }));
    expect([data, errors]).toEqual([{ projects: 'org_A' }, undefined]);
  });
});
