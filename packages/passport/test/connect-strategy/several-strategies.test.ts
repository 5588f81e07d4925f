import { describe, expect, test } from '@jest/globals';
import { Strategy as CustomStrategy } from 'passport-custom';
import request from 'supertest';
import { ConnectStrategy } from '../../src/index.js';
import { answerOf, invalidRequest, invalidToken, missingToken, reachedAnswer } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

const machine = { id: 'machine' };

/** Takes an API key; asks nobody, or a promise. */
function apiKey(waits: boolean) {
  const strategy = new CustomStrategy((req, done) => {
    const answer = () => done(null, req.get('x-api-key') === 'good' ? machine : false);
    if (waits) setImmediate(answer);
    else answer();
  });
  return Object.assign(strategy, { name: 'api-key' });
}

describe.each([true, false])('beside an API key, whose strategy waits: %p', (waits) => {
  describe.each([
    ['connect first', false],
    ['connect last', true],
  ])('%s', (_order, isLast) => {
    async function open() {
      const { issuer, trust } = await openIssuer();
      const strategies = [new ConnectStrategy(trust()), apiKey(waits)];
      return { issuer, ...openApi(isLast ? strategies.reverse() : strategies) };
    }

    test('a good token alone passes, as its caller', async () => {
      const { app, issuer, reached } = await open();
      const token = issuer.token({ user: 'user_1' });
      for (const _time of [1, 2]) {
        expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(reachedAnswer);
      }
      expect(reached.map(({ user }) => user)).toEqual(Array(2).fill(expect.objectContaining({ subject: 'user_1' })));
    });

    test('a good key alone passes, and nobody is the caller of currentAuth()', async () => {
      const { app, reached } = await open();
      expect(answerOf(await request(app).get('/').set('X-API-Key', 'good'))).toEqual(reachedAnswer);
      expect(reached).toEqual([{ user: machine, current: undefined }]);
    });

    test.each([
      ['nothing', () => ({}), missingToken],
      ['a bad key', () => ({ 'x-api-key': 'bad' }), missingToken],
      ['a bad token', (bad: string) => bearer(bad), invalidToken],
      ['a bad token and a bad key', (bad: string) => ({ ...bearer(bad), 'x-api-key': 'bad' }), invalidToken],
      ['a malformed header', () => ({ authorization: 'Bearer' }), invalidRequest],
    ])('%s is refused with the challenge', async (_what, headers, refusal) => {
      const { app, issuer, reached, errors } = await open();
      expect(answerOf(await request(app).get('/').set(headers(issuer.flaws.expired())))).toEqual(refusal);
      expect([reached, errors]).toEqual([[], []]);
    });

    test.each([
      ['a bad token', (bad: string) => bearer(bad)],
      ['a malformed header', () => ({ authorization: 'Bearer' })],
    ])('%s beside a good key passes by the key: Passport takes the first that succeeds', async (_what, headers) => {
      const { app, issuer, reached, errors } = await open();
      const bad = headers(issuer.flaws.expired());
      await request(app)
        .get('/')
        .set({ ...bad, 'x-api-key': 'good' })
        .expect(200, 'reached');
      expect({ reached, errors }).toEqual({ reached: [{ user: machine, current: undefined }], errors: [] });
    });
  });
});
