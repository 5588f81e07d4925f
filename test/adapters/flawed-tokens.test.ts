import { flawNames } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../../packages/express/test/open-issuer.js';
import type { GuardedApi } from './adapter.js';
import { adaptersOfExpress } from './express-adapters.js';
import { adaptersOfMessages } from './message-adapters.js';
import { adaptersOfNest } from './nest-adapters.js';

/** One answer for every flaw, and one for every adapter: a caller learns neither what was wrong nor who looked. */
const refused = {
  status: 401,
  challenge: 'Bearer realm="api", error="invalid_token", error_description="The access token is not valid"',
};

describe.each([...adaptersOfExpress, ...adaptersOfNest, ...adaptersOfMessages])('$name', ({ open }) => {
  let world: OpenIssuer;
  let api: GuardedApi;
  beforeAll(async () => {
    world = await openIssuer();
    api = await open(world.trust());
  });

  test.each(flawNames)('%s: 401, and the handler is not reached', async (flaw) => {
    expect(await api.call(world.issuer.flaws[flaw]())).toEqual(refused);
    expect(api.reached).toEqual([]);
  });

  test('no token: 401 without an error', async () => {
    expect(await api.call(undefined)).toEqual({ status: 401, challenge: 'Bearer realm="api"' });
    expect(api.reached).toEqual([]);
  });

  test('an issuer that cannot be asked: 503, without a challenge', async () => {
    const { issuer, trust } = await openIssuer();
    const token = issuer.token();
    issuer.stop();
    const { call, reached } = await open(trust());
    expect(await call(token)).toEqual({ status: 503, challenge: undefined });
    expect(reached).toEqual([]);
  });

  test('a good token, after all these', async () => {
    expect(await api.call(world.issuer.token())).toEqual({ status: 200, challenge: undefined });
    expect(api.reached).toHaveLength(1);
  });
});
