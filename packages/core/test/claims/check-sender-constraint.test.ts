import { expect, test } from '@jest/globals';
import { refused } from '../errors/outcome.js';
import { openClaims } from './open-claims.js';

const { outcome } = await openClaims();

test.each(
  [
    { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' },
    { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' },
    { jwk: { kty: 'EC' } },
    { kid: 'k1' },
    { unheardOf: true },
    {},
    null,
    [],
    '',
    'jkt',
    0,
    false,
  ].map((cnf) => [cnf]),
)('a token with a cnf of %j is no plain Bearer token: 401 sender_constraint', async (cnf) => {
  expect(await outcome({ cnf })).toBe(refused('sender_constraint'));
  expect(await outcome({ cnf }, { profile: 'connect' })).toBe(refused('sender_constraint'));
});

test('a token without cnf is accepted', async () => {
  expect(await outcome({})).toBe('accepted');
});
