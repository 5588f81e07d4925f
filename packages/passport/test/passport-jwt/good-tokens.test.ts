import { expect, test } from '@jest/globals';
import request from 'supertest';
import { answerOf, bareRefusal, reachedAnswer } from '../answers.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openJwtApi } from './open-jwt-strategy.js';

test.each(['RS256', 'PS256', 'ES256'] as const)(
  '%s: `verify` gets the claims, req.user what it makes of them',
  async (algorithm) => {
    const { issuer, trust } = await openIssuer({ algorithm });
    const { app, payloads, reached, errors } = openJwtApi(trust());
    const token = issuer.token({ user: 'user_1', org: 'org_1' });
    for (const _time of [1, 2]) {
      expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(reachedAnswer);
    }
    expect(payloads).toEqual(Array(2).fill(expect.objectContaining({ sub: 'user_1', org_id: 'org_1' })));
    expect(reached).toEqual(Array(2).fill({ user: { id: 'user_1' }, current: undefined }));
    expect([errors, issuer.requests.jwks]).toEqual([[], 1]);
  },
);

test('a key that was published a moment ago is found', async () => {
  const { issuer, trust } = await openIssuer();
  const { app } = openJwtApi(trust());
  await request(app).get('/').set(bearer(issuer.token())).expect(200);
  issuer.keys.rotate();
  await request(app).get('/').set(bearer(issuer.token())).expect(200);
});

test('the clock tolerance is the verifier’s', async () => {
  const { issuer, trust } = await openIssuer();
  const token = issuer.token({ lifetimeSeconds: -100 });
  await request(openJwtApi(trust({ clockToleranceSeconds: 300 })).app)
    .get('/')
    .set(bearer(token))
    .expect(200);
  await request(openJwtApi(trust()).app).get('/').set(bearer(token)).expect(401);
});

test('a token is held to the clock of the process as well: passport-jwt has no other', async () => {
  const { issuer, clock, trust } = await openIssuer();
  clock.set(clock.now() - 3_600_000);
  const verifier = trust();
  const token = issuer.token();
  expect((await verifier.verify(token)).issuer).toBe(issuer.issuer);
  const { app } = openJwtApi(verifier);
  expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(bareRefusal);
});
