import { describe, expect, test } from '@jest/globals';
import { refused } from '../errors/outcome.js';
import { openClaims } from './open-claims.js';

const { outcome, outcomeOfText, claims } = await openClaims();

describe('always', () => {
  test.each(['iss', 'sub', 'exp'])('a token without %s: 401 missing_claim', async (name) => {
    expect(await outcome({ [name]: undefined })).toBe(refused(`missing_claim (${name})`));
  });

  test.each(['sub', 'exp'])('a token whose %s is null: 401 missing_claim', async (name) => {
    expect(await outcome({ [name]: null })).toBe(refused(`missing_claim (${name})`));
  });
});

describe('requiredClaims', () => {
  test.each(['org_id', 'jti', 'nbf', 'email', 'https://api.test/tenant'])(
    'a token without %s, or with null: 401 missing_claim',
    async (name) => {
      const options = { requiredClaims: ['sub', name] };
      expect(await outcome({ [name]: undefined }, options)).toBe(refused(`missing_claim (${name})`));
      expect(await outcome({ [name]: null }, options)).toBe(refused(`missing_claim (${name})`));
    },
  );

  test('a claim that is there is there, false and 0 and empty text included', async () => {
    for (const value of ['x', '', 0, false, [], {}]) {
      expect(await outcome({ tenant: value }, { requiredClaims: ['tenant'] })).toBe('accepted');
    }
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    '%s, which every object has, is there only if the token says so',
    async (name) => {
      const options = { requiredClaims: [name] };
      expect(await outcome({}, options)).toBe(refused(`missing_claim (${name})`));
      const text = JSON.stringify(claims).replace(/\}$/, `,"${name}":"x"}`);
      expect(await outcomeOfText(text, options)).toBe('accepted');
    },
  );

  test('a claim inside a member named __proto__ is not there: 401 missing_claim', async () => {
    const text = JSON.stringify(claims).replace(/\}$/, ',"__proto__":{"tenant":"x"}}');
    expect(await outcomeOfText(text, { requiredClaims: ['tenant'] })).toBe(refused('missing_claim (tenant)'));
    const { sub: _, ...others } = claims;
    const inherited = JSON.stringify(others).replace(/\}$/, ',"__proto__":{"sub":"admin"}}');
    expect(await outcomeOfText(inherited)).toBe(refused('missing_claim (sub)'));
  });
});
