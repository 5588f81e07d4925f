import { describe, expect, test } from '@jest/globals';
import { refused } from '../errors/outcome.js';
import { openClaims } from './open-claims.js';

const { outcome } = await openClaims();
const api = 'https://api.test';
const accepted = 'accepted';
const wrong = refused('wrong_audience');

describe('one audience', () => {
  test.each<[aud: string | string[], expected: string]>([
    [api, accepted],
    [[api], accepted],
    [['https://other.test', api], accepted],
    [[api, api], accepted],
    ['https://other.test', wrong],
    [['https://other.test'], wrong],
    [[], wrong],
    ['', wrong],
    [[''], wrong],
    ['https://api.test/', wrong],
    ['https://api.tes', wrong],
    ['https://api.test.attacker.test', wrong],
    ['HTTPS://API.TEST', wrong],
    [' https://api.test', wrong],
    ['https://api.test ', wrong],
    ['https://api.test https://other.test', wrong],
    ['https://api.test,https://other.test', wrong],
    ['*', wrong],
    ['https://*.test', wrong],
    [['h', 't', 't', 'p', 's'], wrong],
  ])('a token for %j: %s', async (aud, expected) => {
    expect(await outcome({ aud }, { audience: api })).toBe(expected);
    expect(await outcome({ aud }, { audience: [api] })).toBe(expected);
  });
});

test('several audiences: a token for any one of them', async () => {
  const options = { audience: [api, 'client_01'] };
  for (const aud of [api, 'client_01', ['x', 'client_01'], [api, 'client_01']]) {
    expect(await outcome({ aud }, options)).toBe(accepted);
  }
  for (const aud of ['x', ['x', 'y'], `${api} client_01`, 'client_0'])
    expect(await outcome({ aud }, options)).toBe(wrong);
});

test('an audience that must be there is missed: 401 missing_claim', async () => {
  expect(await outcome({ aud: undefined }, { audience: api })).toBe(refused('missing_claim (aud)'));
  expect(await outcome({ aud: null }, { audience: api })).toBe(refused('invalid_claim (aud)'));
});

test('an audience of null leaves it unchecked', async () => {
  for (const aud of [api, 'anything', [], undefined]) {
    expect(await outcome({ aud }, { audience: null })).toBe(accepted);
  }
});

test('an audience of characters of a pattern is text', async () => {
  expect(await outcome({ aud: 'https://apiXtest' }, { audience: api })).toBe(wrong);
  expect(await outcome({ aud: 'anything' }, { audience: '.*' })).toBe(wrong);
});
