import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import {
  insufficientScope,
  invalidRequest,
  invalidToken,
  issuerUnavailable,
  missingToken,
  orgRequired,
  refusedAnswer,
} from './answers.js';
import { openGraphql, type Platform, platforms } from './open-graphql.js';
import { projectsProviders } from './projects.resolver.js';

const open = (platform: Platform, { trust }: OpenIssuer) => openGraphql(platform, trust(), projectsProviders);

describe.each(platforms)('Apollo on %s', (platform) => {
  let world: OpenIssuer;
  let api: Awaited<ReturnType<typeof openGraphql>>;
  beforeAll(async () => {
    world = await openIssuer();
    api = await open(platform, world);
  });

  test('a query with a good token', async () => {
    const { data, errors } = await api.run('{ owners }', world.issuer.token({ org: 'org_A' }));
    expect([data, errors]).toEqual([{ owners: ['org_A', 'org_A', 'org_A'] }, undefined]);
  });

  test('no token', async () => {
    expect(await api.run('{ who }')).toEqual(refusedAnswer(missingToken, 'who'));
  });

  test('a flawed token, where none would do', async () => {
    expect((await api.run('{ greet }')).data).toEqual({ greet: 'nobody' });
    expect(await api.run('{ greet }', world.issuer.flaws.expired())).toEqual(refusedAnswer(invalidToken, 'greet'));
  });

  test('a malformed header', async () => {
    expect(await api.run('{ who }', 'a b')).toEqual(refusedAnswer(invalidRequest, 'who'));
  });

  test('a query without its scope', async () => {
    const told = await api.run('{ list }', world.issuer.token({ scopes: ['other'] }));
    const expected = refusedAnswer(insufficientScope('projects:read'), 'list');
    expect(told).toEqual({ ...expected, data: { list: null } });
  });

  test('a mutation without its scope, and with it', async () => {
    const refused = await api.run('mutation { rename }', world.issuer.token());
    const column = 'mutation { '.length + 1;
    const { errors: [error] = [], ...rest } = refusedAnswer(insufficientScope('projects:write'), 'rename');
    expect(refused).toEqual({ ...rest, errors: [{ ...error, locations: [{ line: 1, column }] }] });
    const { data } = await api.run('mutation { rename }', world.issuer.token({ scopes: ['projects:write'] }));
    expect(data).toEqual({ rename: 'renamed' });
  });

  test('no organization where a parameter asks for it', async () => {
    const told = await api.run('{ owners }', world.issuer.token({ omit: ['org_id'] }));
    expect(told).toEqual(refusedAnswer(orgRequired, 'owners'));
  });

  test('an issuer that cannot be asked: when to come back, and no challenge', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    issuer.fail('jwks', 'error500');
    const { run } = await openGraphql(platform, trustKeysOnly(), projectsProviders);
    expect(await run('{ who }', issuer.token())).toEqual(refusedAnswer(issuerUnavailable(1), 'who'));
  });

  test('a global guard: the same, also for queries that nobody declared anything about', async () => {
    const { run } = await openGraphql(platform, { ...world.trust(), global: true }, projectsProviders);
    expect(await run('{ who }')).toEqual(refusedAnswer(missingToken, 'who'));
    expect((await run('{ about }')).data).toEqual({ about: 'about' });
  });
});
