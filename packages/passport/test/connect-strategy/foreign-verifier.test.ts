import { ConfigurationError, type Verifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { ConnectStrategy } from '../../src/index.js';
import { answerOf, broken } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer } from '../open-issuer.js';

const foreign = (members: object) => ({ verify: async () => undefined, recall: () => undefined, ...members }) as never;
const ask = async (verifier: Verifier) => {
  const { app, reached, errors } = openApi([new ConnectStrategy(verifier)]);
  const answer = answerOf(await request(app).get('/').set(bearer('abc')));
  expect({ answer, reached }).toEqual({ answer: broken, reached: [] });
  expect(errors).toHaveLength(1);
  return errors[0];
};

test.each([undefined, null, {}, 'auth', [], true])('that resolves to %p lets nobody pass: 500', async (nothing) => {
  expect(await ask(foreign({ verify: async () => nothing }))).toBeInstanceOf(ConfigurationError);
});

test.each([{}, 'auth', [], true, 0])('that recalls %p lets nobody pass: 500', async (nothing) => {
  expect(await ask(foreign({ recall: () => nothing }))).toBeInstanceOf(ConfigurationError);
});

const bug = new RangeError('a bug');
const throwBug = () => {
  throw bug;
};

test.each([
  ['rejects', { verify: () => Promise.reject(bug) }],
  ['throws', { verify: throwBug }],
  ['throws while it recalls', { recall: throwBug }],
])('that %s: the error goes to the application as it is, 500 and not 401', async (_how, members) => {
  expect(await ask(foreign(members))).toBe(bug);
});
