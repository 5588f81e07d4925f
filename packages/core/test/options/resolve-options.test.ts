import { createVerifier } from '@connect-auth/core';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { faultIn, faultOf, goodOptions } from './fault.js';

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock });
afterAll(() => issuer.close());

test('createVerifier fetches nothing', async () => {
  createVerifier(issuer.verifierOptions());
  createVerifier({ issuers: [goodOptions], runtime: issuer.runtime });
  await Promise.resolve();
  expect(issuer.requests.total).toBe(0);
});

test.each([undefined, null, '', 'https://issuer.test', [], [goodOptions], 7, true].map((value) => [value]))(
  'options of %p are none',
  (options) => {
    expect(faultIn(() => createVerifier(options as never))).toBe('options');
  },
);

describe('issuers', () => {
  const faultOfIssuers = (issuers: unknown, others: object = {}) =>
    faultIn(() => createVerifier({ issuers, ...others } as never));
  const second = { issuer: 'https://second.test', audience: null };

  test.each([undefined, null, '', 'https://issuer.test', {}, goodOptions, [], 7].map((value) => [value]))(
    '%p is no list of issuers',
    (issuers) => {
      expect(faultOfIssuers(issuers)).toBe('issuers');
    },
  );

  test.each<[issuers: unknown[], fault: string]>([
    [[goodOptions, second], 'none'],
    [[goodOptions, goodOptions], 'issuers'],
    [[goodOptions, { ...second, issuer: goodOptions.issuer }], 'issuers'],
    [[goodOptions, { ...second, issuer: `${goodOptions.issuer}/` }], 'none'],
    [[null], 'issuers[0]'],
    [['https://issuer.test'], 'issuers[0]'],
    [[goodOptions, []], 'issuers[1]'],
    [[{}], 'issuers[0].issuer'],
    [[goodOptions, { issuer: 'https://second.test' }], 'issuers[1].audience'],
    [[goodOptions, { ...second, issuer: 'http://second.test' }], 'issuers[1].issuer'],
    [[goodOptions, { ...second, audiance: 'x' }], 'issuers[1].audiance'],
    [[goodOptions, { ...second, keys: { timeoutMs: -1 } }], 'issuers[1].keys.timeoutMs'],
    [[goodOptions, { ...second, introspection: {} }], 'issuers[1].introspection.clientId'],
    [[{ ...goodOptions, tokenCache: null }], 'issuers[0].tokenCache'],
  ])('%j: %s', (issuers, fault) => {
    expect(faultOfIssuers(issuers)).toBe(fault);
  });

  test('stand alone: options of one issuer do not go with them', () => {
    expect(faultOfIssuers([goodOptions], goodOptions)).toBe('issuer');
    expect(faultOfIssuers([goodOptions], { audience: 'https://api.test' })).toBe('audience');
  });
});

describe('tokenCache', () => {
  test.each([false, '', 'x', [], 7, true].map((value) => [value]))('%p is neither null nor an object', (tokenCache) => {
    expect(faultOf({ tokenCache })).toBe('tokenCache');
  });

  test.each(
    [undefined, null, '', '10', [], {}, Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1].map((value) => [value]),
  )('maxEntries of %p is no size of a cache', (maxEntries) => {
    expect(faultOf({ tokenCache: { maxEntries } })).toBe('tokenCache.maxEntries');
  });

  test('null and two entries are good', () => {
    expect(faultOf({ tokenCache: null })).toBe('none');
    expect(faultOf({ tokenCache: { maxEntries: 2 } })).toBe('none');
  });
});

describe('stores and runtime', () => {
  test.each([null, '', 'x', [], 7, true].map((value) => [value]))('%p is no object', (value) => {
    expect(faultOf({ stores: value })).toBe('stores');
    expect(faultOf({ runtime: value })).toBe('runtime');
  });

  const noPort = [null, '', 'redis://x', [], {}, 7, true, () => undefined].map((value) => [value] as const);
  test.each(noPort)('stores.introspection: %p cannot be asked', (introspection) => {
    expect(faultOf({ stores: { introspection } })).toBe('stores.introspection');
  });

  test.each(noPort)('stores.revocations: %p cannot be followed', (revocations) => {
    expect(faultOf({ stores: { revocations } })).toBe('stores.revocations');
  });

  test.each(['now', 'fetch', 'random', 'after'])('runtime.%s is a function', (name) => {
    for (const value of [null, '', 7, {}, []]) {
      expect([value, faultOf({ runtime: { [name]: value } })]).toEqual([value, `runtime.${name}`]);
    }
    expect(faultOf({ runtime: { [name]: undefined } })).toBe('none');
  });
});
