import { IssuerUnavailableError } from '@connect-auth/core';
import type { FailureMode } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ConnectStrategy } from '../../src/index.js';
import { answerOf, issuerUnavailable, missingToken, reachedAnswer } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

const modes: readonly FailureMode[] = ['error500', 'reset', 'html', 'empty', 'redirect'];

describe.each(modes)('an issuer that fails by %s', (mode) => {
  test('the error handler gets the IssuerUnavailableError, and Retry-After is set: 503, never 401', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    issuer.fail('all', mode);
    const { app, reached, errors } = openApi([new ConnectStrategy(trustKeysOnly())]);
    for (const _time of [1, 2, 3]) {
      expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(issuerUnavailable('1'));
    }
    expect(errors).toEqual(Array(3).fill(expect.any(IssuerUnavailableError)));
    expect(reached).toEqual([]);
  });

  test('for opaque tokens too', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', mode);
    const { app, reached, errors } = openApi([new ConnectStrategy(trust())]);
    expect(answerOf(await request(app).get('/').set(bearer(issuer.opaqueToken())))).toEqual(issuerUnavailable('1'));
    expect(errors).toEqual([expect.any(IssuerUnavailableError)]);
    expect(reached).toEqual([]);
  });

  test('known keys go on serving', async () => {
    const { issuer, clock, trustKeysOnly } = await openIssuer();
    const { app } = openApi([new ConnectStrategy(trustKeysOnly())]);
    await request(app).get('/').set(bearer(issuer.token())).expect(200);
    issuer.fail('all', mode);
    clock.advanceSeconds(599);
    expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(reachedAnswer);
  });
});

test('an issuer that is gone: 503', async () => {
  const { issuer, trustKeysOnly } = await openIssuer();
  await issuer.stop();
  const { app, errors } = openApi([new ConnectStrategy(trustKeysOnly())]);
  expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(issuerUnavailable('1'));
  expect(errors).toEqual([expect.any(IssuerUnavailableError)]);
});

test('an issuer that never answers: 503 at the deadline', async () => {
  const { issuer, clock, trustKeysOnly } = await openIssuer();
  issuer.fail('jwks', 'hang');
  const { app } = openApi([new ConnectStrategy(trustKeysOnly())]);
  const asking = request(app).get('/').set(bearer(issuer.token())).then(answerOf);
  await issuer.whenInFlight('jwks');
  clock.advanceMs(5_000);
  expect(await asking).toEqual(issuerUnavailable('1'));
});

test('no token is refused as ever, and no other strategy is asked in place of the issuer', async () => {
  const { issuer, trustKeysOnly } = await openIssuer();
  issuer.fail('all', 'error500');
  const second = { name: 'second', authenticate: () => expect('asked').toBe('not asked') };
  const { app, errors } = openApi([new ConnectStrategy(trustKeysOnly()), second]);
  await request(app).get('/').set(bearer(issuer.token())).expect(503);
  expect(errors).toEqual([expect.any(IssuerUnavailableError)]);
  const alone = openApi([new ConnectStrategy(trustKeysOnly())]);
  expect(answerOf(await request(alone.app).get('/'))).toEqual(missingToken);
});
