import { describe, expect, test } from '@jest/globals';
import { refused } from '../errors/outcome.js';
import { openClaims } from './open-claims.js';

const { claims, now, outcome, outcomeOfText } = await openClaims();
const audience = claims.aud;

const noText: unknown[] = ['', 0, 7, true, false, [], ['x'], {}, { toString: 'x' }];
const noTime: unknown[] = ['', `${now}`, 'Thu, 01 Jan 2026 12:00:00 GMT', true, false, [], [now], {}, { seconds: now }];
const noList: unknown[] = [0, 7, true, false, {}, [7], ['x', 7], ['x', null], [['x']], [{}], { 0: 'x' }];

describe.each(['sub', 'jti', 'client_id', 'azp', 'org_id', 'sid'])('%s', (name) => {
  test.each(noText.map((value) => [JSON.stringify(value), value]))(
    '%s is no text: 401 invalid_claim',
    async (_, value) => {
      expect(await outcome({ [name]: value })).toBe(refused(`invalid_claim (${name})`));
    },
  );
});

describe.each(['exp', 'iat', 'nbf'])('%s', (name) => {
  test.each(noTime.map((value) => [JSON.stringify(value), value]))(
    '%s is no time: 401 invalid_claim',
    async (_, value) => {
      expect(await outcome({ [name]: value })).toBe(refused(`invalid_claim (${name})`));
    },
  );

  test.each(['1e999', '-1e999'])('%s, which the parser makes infinite: 401 invalid_claim', async (number) => {
    const { [name]: _, ...others } = claims;
    const text = JSON.stringify(others).replace(/\}$/, `,"${name}":${number}}`);
    expect(await outcomeOfText(text)).toBe(refused(`invalid_claim (${name})`));
  });
});

describe('scope', () => {
  test.each(noList.map((value) => [JSON.stringify(value), value]))('%s: 401 invalid_claim', async (_, value) => {
    expect(await outcome({ scope: value })).toBe(refused('invalid_claim (scope)'));
  });

  test.each(['', ' ', 'a', 'a b', [], ['a'], ['a', 'b']].map((value) => [value]))('%j: accepted', async (value) => {
    expect(await outcome({ scope: value })).toBe('accepted');
  });
});

describe('aud', () => {
  test.each(
    [...noList, [audience, 7], [audience, null], { 0: audience }].map((value) => [JSON.stringify(value), value]),
  )('%s: 401 invalid_claim, even where the audience is not checked', async (_, value) => {
    expect(await outcome({ aud: value })).toBe(refused('invalid_claim (aud)'));
    expect(await outcome({ aud: value }, { audience: null })).toBe(refused('invalid_claim (aud)'));
  });
});

test.each(['jti', 'client_id', 'azp', 'org_id', 'sid', 'iat', 'nbf', 'scope', 'aud'])(
  'a %s of null is of no type: 401 invalid_claim',
  async (name) => {
    expect(await outcome({ [name]: null })).toBe(refused(`invalid_claim (${name})`));
  },
);

test('a claim that occurs twice is what the parser makes of it: the last', async () => {
  const text = JSON.stringify(claims);
  expect(await outcomeOfText(text.replace('{', '{"sub":7,"exp":"x",'))).toBe('accepted');
  expect(await outcomeOfText(text.replace(/\}$/, ',"exp":"x"}'))).toBe(refused('invalid_claim (exp)'));
});

test('claims that nothing is known of may be anything', async () => {
  const unknown = { email: 7, roles: { a: [null] }, acr: null, auth_time: 'x', 'https://api.test/x': [], toString: 1 };
  expect(await outcome(unknown)).toBe('accepted');
});
