import { describe, expect, test } from '@jest/globals';
import { parseHeader } from '../../src/token/parse-header.js';
import { lineOf, refused } from '../errors/outcome.js';
import { encodePart } from './signer.js';

function outcomeOf(header: Parameters<typeof encodePart>[0]): unknown {
  try {
    return parseHeader(encodePart(header));
  } catch (error) {
    return lineOf(error);
  }
}

test('keeps alg, kid and typ, and leaves every parameter that carries a key behind', () => {
  const keys = {
    jku: 'https://attacker.test/jwks',
    jwk: { kty: 'oct', k: 'AA' },
    x5u: 'https://attacker.test',
    x5c: [],
  };
  const header = { alg: 'ES256', kid: 'k1', typ: 'at+jwt', ...keys, cty: 'JWT', b64: false };
  expect(outcomeOf(header)).toEqual({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' });
  expect(outcomeOf({ alg: 'ES256' })).toEqual({ alg: 'ES256', kid: undefined, typ: undefined });
});

describe('refuses a header', () => {
  const notText = [null, '', 0, 1, true, false, [], ['x'], {}];
  test.each<[member: string, values: unknown[]]>([
    ['alg', [undefined, null, 0, true, [], ['ES256'], { toString: 'ES256' }]],
    ['kid', notText],
    ['typ', notText],
    ['crit', [null, '', 0, true, [], ['exp'], ['b64'], {}]],
  ])('whose %s is not as it should be: 401 malformed', (member, values) => {
    for (const value of values) {
      expect([value, outcomeOf({ alg: 'ES256', kid: 'k1', [member]: value })]).toEqual([
        value,
        refused(`malformed (${member})`),
      ]);
    }
  });

  test('that inherits its alg from a member named __proto__: 401 malformed', () => {
    expect(outcomeOf('{"__proto__":{"alg":"ES256"},"kid":"k1"}')).toBe(refused('malformed (alg)'));
  });
});

test('of a member that occurs twice the last counts (RFC 7515 §4), as for the signer', () => {
  expect(outcomeOf('{"alg":"none","alg":"ES256"}')).toEqual({ alg: 'ES256', kid: undefined, typ: undefined });
  expect(outcomeOf('{"alg":"ES256","alg":"none"}')).toEqual({ alg: 'none', kid: undefined, typ: undefined });
});

describe('the cache of headers', () => {
  test('gives equal, frozen results, and never a header of another text', () => {
    const encoded = encodePart({ alg: 'ES256', kid: 'cached' });
    const first = parseHeader(encoded);
    expect(parseHeader(encoded)).toEqual(first);
    expect(Object.isFrozen(first)).toBe(true);
    expect(parseHeader(encodePart({ alg: 'ES256', kid: 'cacheD' }))).toEqual({ ...first, kid: 'cacheD' });
  });

  test('remembers no header that was refused', () => {
    const header = { alg: 'ES256', crit: ['x'] };
    expect(outcomeOf(header)).toBe(refused('malformed (crit)'));
    expect(outcomeOf(header)).toBe(refused('malformed (crit)'));
  });

  test('answers the same after a flood of other headers', () => {
    const header = { alg: 'ES256', kid: 'before the flood' };
    const before = outcomeOf(header);
    for (let at = 0; at < 1000; at += 1)
      expect(outcomeOf({ alg: 'RS256', kid: `${at}` })).toMatchObject({ kid: `${at}` });
    expect(outcomeOf(header)).toEqual(before);
  });
});
