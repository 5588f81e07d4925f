import { requireClient, requireUser } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { lineOf } from '../errors/outcome.js';
import { attempt, openAuth } from './open-auth.js';

const authWith = await openAuth();

test('a user passes requireUser, and is refused by requireClient: 403 client_required', async () => {
  const auth = await authWith({ sub: 'user_1', client_id: 'client_1' });
  expect(attempt(() => requireUser(auth))).toBe('passed');
  expect(lineOf(attempt(() => requireClient(auth)))).toBe('ActorForbiddenError 403 insufficient_scope client_required');
});

test('a client passes requireClient, and is refused by requireUser: 403 user_required', async () => {
  const auth = await authWith({ sub: 'client_1', client_id: 'client_1' });
  expect(attempt(() => requireClient(auth))).toBe('passed');
  expect(lineOf(attempt(() => requireUser(auth)))).toBe('ActorForbiddenError 403 insufficient_scope user_required');
});

test('a token that does not say who its client is acts for a user', async () => {
  const auth = await authWith({ sub: 'client_1', client_id: undefined });
  expect(attempt(() => requireUser(auth))).toBe('passed');
  expect(lineOf(attempt(() => requireClient(auth)))).toBe('ActorForbiddenError 403 insufficient_scope client_required');
});
