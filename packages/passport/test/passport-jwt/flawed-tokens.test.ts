import { flawNames } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { answerOf, bareRefusal, reachedAnswer } from '../answers.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openJwtApi } from './open-jwt-strategy.js';

describe.each(['RS256', 'ES256'] as const)('%s', (algorithm) => {
  test.each(flawNames)('%s: 401, and neither `verify` nor the handler is reached', async (flaw) => {
    const { issuer, trust } = await openIssuer({ algorithm });
    const verifier = trust();
    const refusals: unknown[] = [];
    verifier.on('refused', ({ error }) => refusals.push(error));
    const { app, payloads, reached, errors } = openJwtApi(verifier);
    const answer = await request(app).get('/projects').set(bearer(issuer.flaws[flaw]()));
    expect(answerOf(answer)).toEqual(bareRefusal);
    expect([payloads, reached, errors]).toEqual([[], [], []]);
    // It is the core that refuses it, not only passport-jwt, whose checks are fewer.
    expect(refusals).toHaveLength(1);
    expect(answerOf(await request(app).get('/projects').set(bearer(issuer.token())))).toEqual(reachedAnswer);
  });
});
