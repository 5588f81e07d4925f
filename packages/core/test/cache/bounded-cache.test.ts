import { describe, expect, test } from '@jest/globals';
import { BoundedCache } from '../../src/cache/bounded-cache.js';

function filled(maxEntries: number, keys: readonly string[]): BoundedCache<string> {
  const cache = new BoundedCache<string>(maxEntries);
  for (const key of keys) cache.set(key, `value of ${key}`);
  return cache;
}

describe('a bounded cache', () => {
  test('returns what was set, and nothing for what was not', () => {
    const cache = filled(10, ['a', 'b']);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['value of a', 'value of b', undefined]);
  });

  test('returns what was set last under a key, and counts it once', () => {
    const cache = filled(10, ['a']);
    cache.set('a', 'newer');
    expect([cache.get('a'), cache.size]).toEqual(['newer', 1]);
  });

  test('returns the newer value also where the older one is of the old generation', () => {
    const cache = filled(4, ['a', 'b', 'c']); // a and b are old, c is young
    cache.set('a', 'newer');
    expect(cache.get('a')).toBe('newer');
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });

  test.each([2, 3, 10, 1_000])('of %i entries never holds more, and keeps at least the newer half', (maxEntries) => {
    const keys = Array.from({ length: 5 * maxEntries }, (_, at) => `key_${at}`);
    const cache = new BoundedCache<string>(maxEntries);
    for (const key of keys) {
      cache.set(key, key);
      expect(cache.size).toBeLessThanOrEqual(maxEntries);
    }
    for (const key of keys.slice(-Math.floor(maxEntries / 2))) expect(cache.get(key)).toBe(key);
  });

  test('drops the old generation whole when the young one is full', () => {
    const cache = filled(4, ['a', 'b', 'c', 'd', 'e']);
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => cache.get(key) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test('keeps what is read, however much comes after it', () => {
    const cache = filled(100, ['used']);
    for (let at = 0; at < 10_000; at += 1) {
      cache.set(`other_${at}`, 'other');
      if (at % 40 === 0) cache.get('used');
    }
    expect(cache.get('used')).toBe('value of used');
  });

  test('keeps what is written again, without making room for it', () => {
    const cache = filled(4, ['a', 'b']);
    for (const key of ['b', 'a', 'b', 'b', 'a']) {
      cache.set(key, 'again');
      expect(cache.size).toBe(2);
    }
    expect([cache.get('a'), cache.get('b')]).toEqual(['again', 'again']);
  });

  test('forgets what is deleted, from both generations', () => {
    const cache = filled(4, ['a', 'b', 'c']);
    cache.delete('a');
    cache.delete('c');
    cache.delete('never there');
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([undefined, 'value of b', undefined]);
    expect(cache.size).toBe(1);
  });

  test('is empty when cleared', () => {
    const cache = filled(4, ['a', 'b', 'c']);
    cache.clear();
    expect(cache.size).toBe(0);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined]);
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', ''])('has no entry of its own under %j', (key) => {
    const cache = filled(4, []);
    expect(cache.get(key)).toBeUndefined();
    cache.set(key, 'value');
    expect(cache.get(key)).toBe('value');
  });
});
