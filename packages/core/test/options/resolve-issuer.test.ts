import { describe, expect, test } from '@jest/globals';
import { faultOf, goodOptions } from './fault.js';

const noText = [null, '', ' ', [], {}, Number.NaN, 0, -1, true];
const noNumber = [null, '', '5', [], [5], {}, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
const table = (values: readonly unknown[]) => values.map((value) => [value]);

test('good options are good, and so are options that are undefined', () => {
  expect(faultOf({})).toBe('none');
  const names = ['jwksUri', 'algorithms', 'requireTyp', 'requiredClaims', 'maxAgeSeconds', 'clockToleranceSeconds'];
  const others = ['profile', 'introspection', 'keys', 'tokenCache', 'stores', 'runtime'];
  for (const name of [...names, ...others]) expect([name, faultOf({ [name]: undefined })]).toEqual([name, 'none']);
});

describe('issuer', () => {
  test.each(table([undefined, ...noText]))('%p is none', (issuer) => {
    expect(faultOf({ issuer })).toBe('issuer');
  });
});

describe('audience', () => {
  test('has to be said: undefined is an error, null is a decision', () => {
    expect(faultOf({ audience: undefined })).toBe('audience');
    expect(faultOf({ audience: null })).toBe('none');
  });

  test.each(table(['', ' ', [], {}, Number.NaN, 0, true]))('%p is none', (audience) => {
    expect(faultOf({ audience })).toBe('audience');
  });

  test.each([
    [['a', ''], 'audience[1]'],
    [[null], 'audience[0]'],
    [['a', 'b', 7], 'audience[2]'],
    [['a', 'b'], 'none'],
  ])('of the list %j it names the member at fault: %s', (audience, fault) => {
    expect(faultOf({ audience })).toBe(fault);
  });
});

describe('algorithms', () => {
  test.each(table([null, '', 'RS256', {}, 7, [], ['none'], ['None'], ['HS256'], ['HS512'], ['RS256', 'none']]))(
    '%p is no list of asymmetric algorithms',
    (algorithms) => {
      expect(faultOf({ algorithms })).toBe('algorithms');
    },
  );

  test.each(table([['rs256'], ['RS256 '], ['toString'], ['__proto__'], ['ES256K'], ['RSA-OAEP']]))(
    '%p is no algorithm',
    (algorithms) => {
      expect(faultOf({ algorithms })).toBe('algorithms');
    },
  );

  test('of a list it names the member that is no text', () => {
    expect(faultOf({ algorithms: ['RS256', null] })).toBe('algorithms[1]');
  });
});

describe('requireTyp', () => {
  test.each(table([null, '', 'at', 'jwt', 'AT+JWT', 'logout+jwt', [], ['at+jwt'], {}, 7, true]))('%p', (requireTyp) => {
    expect(faultOf({ requireTyp })).toBe('requireTyp');
  });
});

describe('requiredClaims', () => {
  test.each(table([null, '', 'jti', {}, 7, true]))('%p is no list', (requiredClaims) => {
    expect(faultOf({ requiredClaims })).toBe('requiredClaims');
  });

  test('of a list it names the member at fault', () => {
    expect(faultOf({ requiredClaims: ['jti', ''] })).toBe('requiredClaims[1]');
    expect(faultOf({ requiredClaims: [] })).toBe('none');
  });
});

describe('numbers', () => {
  test.each(table([...noNumber, 0, -1, 0.5]))('maxAgeSeconds: %p', (maxAgeSeconds) => {
    expect(faultOf({ maxAgeSeconds })).toBe('maxAgeSeconds');
  });

  test.each(table([...noNumber, -1, -0.001, 300.001, 301]))('clockToleranceSeconds: %p', (clockToleranceSeconds) => {
    expect(faultOf({ clockToleranceSeconds })).toBe('clockToleranceSeconds');
  });

  test('at their bounds they are good', () => {
    expect(faultOf({ maxAgeSeconds: 1, clockToleranceSeconds: 0 })).toBe('none');
    expect(faultOf({ clockToleranceSeconds: 300 })).toBe('none');
  });
});

describe('profile', () => {
  test.each(table([null, '', 'Connect', 'workos', [], ['connect'], {}, 7]))('%p', (profile) => {
    expect(faultOf({ profile })).toBe('profile');
  });
});

describe('keys', () => {
  test.each(table([null, '', 'x', [], 7, true]))('%p is no object', (keys) => {
    expect(faultOf({ keys })).toBe('keys');
  });

  const least = { cacheSeconds: 1, staleSeconds: 0, cooldownSeconds: 1, timeoutMs: 1 };
  test.each(Object.entries(least))('%s is a number of at least %d', (name, min) => {
    for (const value of [...noNumber, -1, min - 0.5]) {
      expect([value, faultOf({ keys: { [name]: value } })]).toEqual([value, `keys.${name}`]);
    }
    expect(faultOf({ keys: { [name]: min } })).toBe('none');
  });

  // setTimeout takes 2^31 - 1 ms at most; with more it fires at once, and no key would ever be had.
  test('timeoutMs is one that a timer can hold', () => {
    expect(faultOf({ keys: { timeoutMs: 2 ** 31 - 1 } })).toBe('none');
    expect(faultOf({ keys: { timeoutMs: 2 ** 31 } })).toBe('keys.timeoutMs');
  });
});

describe('names that mean nothing', () => {
  test.each([
    [{ audiance: 'x' }, 'audiance'],
    [{ Issuer: 'x' }, 'Issuer'],
    [{ clockTolerance: 5 }, 'clockTolerance'],
    [{ keys: { cacheMaxAge: 5 } }, 'keys.cacheMaxAge'],
    [{ introspection: { clientId: 'c', clientSecret: 's', cache: 5 } }, 'introspection.cache'],
    [{ tokenCache: { maxEntries: 5, ttl: 5 } }, 'tokenCache.ttl'],
    [{ stores: { revocation: {} } }, 'stores.revocation'],
    [{ runtime: { clock: () => 0 } }, 'runtime.clock'],
    [JSON.parse('{"__proto__":{"audience":null}}'), '__proto__'],
  ])('%j: %s', (options, fault) => {
    expect(faultOf(options)).toBe(fault);
    expect(faultOf({ ...goodOptions })).toBe('none');
  });
});
