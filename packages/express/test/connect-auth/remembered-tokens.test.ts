import { createVerifier, InvalidTokenError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth } from '../../src/index.js';
import { answerOf, invalidToken, kept } from '../answers.js';
import { type CreateExpress, expressVersions } from '../express-versions.js';
import { errorKeeper, openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

/** An API that has accepted `token` twice: the second time from memory. */
async function openWarm(express: CreateExpress, world: OpenIssuer, token: string) {
  const middleware = connectAuth(world.trust());
  const { app, reached } = openApi(express, middleware);
  for (let times = 0; times < 2; times += 1) await request(app).get('/').set(bearer(token)).expect(200);
  const ask = async () => answerOf(await request(app).get('/').set(bearer(token)));
  return { ask, reached, verifier: middleware.verifier };
}

describe.each(expressVersions)('%s: a token that was accepted before', (_name, express) => {
  test('is accepted to the last second of its life and the tolerance, and no longer', async () => {
    const world = await openIssuer();
    const { ask } = await openWarm(express, world, world.issuer.token({ lifetimeSeconds: 300 }));
    world.clock.advanceSeconds(304);
    expect((await ask()).status).toBe(200);
    world.clock.advanceSeconds(1);
    expect(await ask()).toEqual(invalidToken);
  });

  test('is refused once it, its organization, its client or its subject is revoked here', async () => {
    const world = await openIssuer();
    const clientId = world.issuer.client.clientId;
    for (const revocation of [{ tokenId: 'id_1' }, { orgId: 'org_B' }, { clientId }, { subject: clientId }]) {
      const token = world.issuer.token({ org: 'org_B', claims: { jti: 'id_1' } });
      const { ask, reached, verifier } = await openWarm(express, world, token);
      await verifier.revoke(revocation);
      expect(await ask()).toEqual(invalidToken);
      expect(reached).toHaveLength(2);
    }
  });

  test('is refused once its key is withdrawn and the keys were fetched anew', async () => {
    const world = await openIssuer();
    const { ask } = await openWarm(express, world, world.issuer.token({ lifetimeSeconds: 7_200 }));
    const withdrawn = world.issuer.keys.current;
    world.issuer.keys.rotate();
    world.issuer.keys.withdraw(withdrawn);
    world.clock.advanceSeconds(601);
    expect(await ask()).toEqual(invalidToken);
  });

  test('is asked about at every request where the mode is always', async () => {
    const { issuer, trust } = await openIssuer();
    const { introspection } = trust();
    const { app } = openApi(express, connectAuth(trust({ introspection: { ...introspection, mode: 'always' } })));
    const token = issuer.token();
    for (let times = 0; times < 3; times += 1) await request(app).get('/').set(bearer(token)).expect(200);
    expect(issuer.requests.introspection).toBe(3);
    issuer.revoke(token);
    expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(invalidToken);
  });

  test('does not vouch for one that differs in its last character', async () => {
    const { issuer, trust } = await openIssuer();
    const { app } = openApi(express, connectAuth(trust()));
    const token = issuer.token();
    await request(app).get('/').set(bearer(token)).expect(200);
    for (const other of [token.slice(0, -1), `${token}=`, `${token}A`, token.toLowerCase()]) {
      expect(answerOf(await request(app).get('/').set(bearer(other)))).toEqual(invalidToken);
    }
  });
});

describe.each(expressVersions)('%s: seen for the first time or from memory', (_name, express) => {
  test('an error of this suite that a handler throws goes to the application: connectAuth answers its own only', async () => {
    const { issuer, trust } = await openIssuer();
    const error = new InvalidTokenError('expired');
    const { errors, keepError } = errorKeeper();
    const app = express();
    app.use(connectAuth(trust()));
    app.get('/', () => {
      throw error;
    });
    app.use(keepError);
    const token = issuer.token();
    for (let times = 0; times < 2; times += 1) {
      expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(kept);
    }
    expect(errors).toEqual([error, error]);
  });

  test.each(['verify', 'recall'] as const)(
    'a bug in %s of a verifier: 500 by the error handler, never 401',
    async (method) => {
      const { issuer, trust } = await openIssuer();
      const bug = new TypeError('a bug');
      const throwBug = () => {
        throw bug;
      };
      const verifier = {
        ...createVerifier(trust()),
        [method]: method === 'verify' ? async () => throwBug() : throwBug,
      };
      const { app, reached, errors } = openApi(express, connectAuth({ verifier }));
      expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(kept);
      expect([reached, errors]).toEqual([[], [bug]]);
    },
  );
});
