import { IssuerUnavailableError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import express from 'express';
import passport from 'passport';
import request from 'supertest';
import { ConnectStrategy } from '../../src/index.js';
import { answerOf, invalidToken } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

test('failWithError hands the refusal to the error handler, the challenge stays', async () => {
  const { issuer, trust } = await openIssuer();
  const { app, errors } = openApi([new ConnectStrategy(trust())], { failWithError: true });
  const { challenge } = answerOf(await request(app).get('/').set(bearer(issuer.flaws.expired())));
  expect(challenge).toBe(invalidToken.challenge);
  expect(errors).toEqual([expect.objectContaining({ name: 'AuthenticationError', status: 401 })]);
});

test('a callback is told the Auth, the challenge and its status, or the error', async () => {
  const { issuer, trustKeysOnly } = await openIssuer();
  const told: unknown[][] = [];
  const app = express();
  app.use((req, res, next) =>
    passport.authenticate(new ConnectStrategy(trustKeysOnly()), (...args: unknown[]) => {
      told.push(args);
      res.end();
    })(req, res, next),
  );
  const token = issuer.token();
  await request(app).get('/').set(bearer(token));
  await request(app).get('/').set(bearer(issuer.flaws.expired()));
  issuer.fail('all', 'error500');
  await request(app).get('/').set(bearer(token));
  expect(told).toEqual([
    [null, expect.objectContaining({ issuer: issuer.issuer })],
    [null, false, invalidToken.challenge, 401],
    [expect.any(IssuerUnavailableError)],
  ]);
});
