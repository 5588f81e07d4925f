import { expect, test } from '@jest/globals';
import request from 'supertest';
import { type Auth, ConnectStrategy } from '../../src/index.js';
import { answerOf } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

async function openTwo() {
  const [acme, globex] = [await openIssuer(), await openIssuer()];
  const strategies = [
    new ConnectStrategy(acme.trustKeysOnly(), { name: 'acme', realm: 'acme' }),
    new ConnectStrategy(globex.trustKeysOnly(), { name: 'globex', realm: 'globex' }),
  ] as const;
  return { acme: acme.issuer, globex: globex.issuer, strategies };
}

test('two strategies of different names take each the tokens of its own issuer', async () => {
  const { acme, globex, strategies } = await openTwo();
  for (const [own, other, strategy] of [
    [acme, globex, strategies[0]],
    [globex, acme, strategies[1]],
  ] as const) {
    const { app, reached } = openApi([strategy]);
    await request(app).get('/').set(bearer(own.token())).expect(200);
    const { status, challenge } = answerOf(await request(app).get('/').set(bearer(other.token())));
    expect({ status, challenge }).toEqual({
      status: 401,
      challenge: `Bearer realm="${strategy.name}", error="invalid_token", error_description="The access token is not valid"`,
    });
    expect(reached).toHaveLength(1);
  }
});

test('asked one after the other they take the tokens of both, and challenge for both', async () => {
  const { acme, globex, strategies } = await openTwo();
  const { app, reached } = openApi(strategies);
  for (const issuer of [acme, globex]) await request(app).get('/').set(bearer(issuer.token())).expect(200);
  expect(reached.map(({ user }) => (user as Auth).issuer)).toEqual([acme.issuer, globex.issuer]);
  const { status, challenge } = answerOf(await request(app).get('/'));
  expect({ status, challenge }).toEqual({ status: 401, challenge: 'Bearer realm="acme", Bearer realm="globex"' });
});
