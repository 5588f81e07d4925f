import { describe, expect, test } from '@jest/globals';
import { checkIssuer } from '../../src/claims/check-issuer.js';
import type { ClaimSettings } from '../../src/claims/claim-settings.js';
import type { ValidClaims } from '../../src/claims/valid-claims.js';
import { lineOf, refused } from '../errors/outcome.js';
import { openClaims } from './open-claims.js';

const { outcome, issuer } = await openClaims();
const wrong = refused('wrong_issuer');

const strangers = [
  'https://issuer.test/',
  'https://issuer.test//',
  'https://issuer.test.attacker.test',
  'https://issuer.tes',
  'https://ISSUER.test',
  'HTTPS://issuer.test',
  'https://issuer.test:443',
  'http://issuer.test',
  'issuer.test',
  ' https://issuer.test',
  'https://issuer.test ',
  'https://issuer.test#',
  '',
];

describe('the issuer is compared to the letter', () => {
  test.each(strangers)('a token of %j: 401 wrong_issuer, and no fetch', async (iss) => {
    issuer.resetRequests();
    expect(await outcome({ iss })).toBe(wrong);
    expect(issuer.requests.total).toBe(0);
  });

  test.each([null, 7, true, [], ['https://issuer.test'], {}])('an iss of %j: 401 wrong_issuer', async (iss) => {
    expect(await outcome({ iss })).toBe(wrong);
  });
});

// The choice of the issuer comes first; the check behind the signature has to stand on its own all the same.
test.each(strangers)('the check of the signed claim refuses %j by itself', (iss) => {
  const rules = { issuer: 'https://issuer.test' } as ClaimSettings;
  const check = () => {
    try {
      checkIssuer({ iss } as ValidClaims, rules);
      return 'accepted';
    } catch (error) {
      return lineOf(error);
    }
  };
  expect(check()).toBe(wrong);
});

test('an issuer that is configured with a trailing slash is another one than without', async () => {
  expect(await outcome({}, { issuer: 'https://issuer.test/' })).toBe(wrong);
});
