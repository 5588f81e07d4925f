import { expect, test } from '@jest/globals';
import request from 'supertest';
import { type Auth, ConnectStrategy } from '../../src/index.js';
import { answerOf, invalidToken, reachedAnswer } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

test('an opaque token is taken on the word of the issuer', async () => {
  const { issuer, trust } = await openIssuer();
  const { app, reached } = openApi([new ConnectStrategy(trust())]);
  const token = issuer.opaqueToken({ user: 'user_1', org: 'org_1' });
  expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(reachedAnswer);
  expect(reached[0]?.user).toMatchObject({ subject: 'user_1', orgId: 'org_1', verifiedBy: 'introspection' } as Auth);
  expect(issuer.requests.introspection).toBe(1);
});

test('one that the issuer does not know, or has revoked, is refused', async () => {
  const { issuer, trust } = await openIssuer();
  const { app, reached } = openApi([new ConnectStrategy(trust())]);
  const revoked = issuer.opaqueToken();
  issuer.revoke(revoked);
  for (const token of ['unknown', revoked]) {
    expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(invalidToken);
  }
  expect(reached).toEqual([]);
});

test('where no issuer is asked, every opaque token is refused', async () => {
  const { issuer, trustKeysOnly } = await openIssuer();
  const { app } = openApi([new ConnectStrategy(trustKeysOnly())]);
  expect(answerOf(await request(app).get('/').set(bearer(issuer.opaqueToken())))).toEqual(invalidToken);
});
