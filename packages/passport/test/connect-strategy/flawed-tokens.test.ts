import { flawNames } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ConnectStrategy } from '../../src/index.js';
import { answerOf, invalidToken, reachedAnswer } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

test('there are flaws to try', () => {
  expect(flawNames.length).toBeGreaterThanOrEqual(35);
});

describe.each(['RS256', 'ES256'] as const)('%s', (algorithm) => {
  test.each(flawNames)('%s: 401 invalid_token, and the handler is not reached', async (flaw) => {
    const { issuer, trust } = await openIssuer({ algorithm });
    const { app, reached, errors } = openApi([new ConnectStrategy(trust())]);
    const answer = await request(app).get('/projects').set(bearer(issuer.flaws[flaw]()));
    expect(answerOf(answer)).toEqual(invalidToken);
    expect([reached, errors]).toEqual([[], []]);
    expect(answerOf(await request(app).get('/projects').set(bearer(issuer.token())))).toEqual(reachedAnswer);
  });
});
