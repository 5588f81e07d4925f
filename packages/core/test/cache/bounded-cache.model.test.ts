import { equal, ok } from 'node:assert/strict';
import { test } from '@jest/globals';
import fc from 'fast-check';
import { BoundedCache } from '../../src/cache/bounded-cache.js';

/** The cache under test, beside a map that forgets nothing but what it is told to. */
interface Real {
  readonly cache: BoundedCache<number>;
  readonly maxEntries: number;
}
type Model = Map<string, number>;
type Step = fc.Command<Model, Real>;

/**
 * Whatever is returned is the latest value of that key, and there are never too many. Checked with `node:assert`: an
 * `expect` costs thirty times as much, and a property makes a hundred thousand of them.
 */
function checkHolds(model: Model, { cache, maxEntries }: Real, key: string): void {
  const found = cache.get(key);
  if (found !== undefined) equal(found, model.get(key));
  ok(cache.size <= maxEntries, `${cache.size} entries`);
}

const step = (name: string, run: (model: Model, real: Real) => void): Step => ({
  check: () => true,
  run,
  toString: () => name,
});

const keys = fc.integer({ min: 0, max: 12 }).map((number) => `key_${number}`);
const steps = [
  fc.tuple(keys, fc.nat()).map(([key, value]) =>
    step(`set ${key} ${value}`, (model, real) => {
      real.cache.set(key, value);
      model.set(key, value);
      equal(real.cache.get(key), value); // What was just set is there.
      checkHolds(model, real, key);
    }),
  ),
  keys.map((key) => step(`get ${key}`, (model, real) => checkHolds(model, real, key))),
  keys.map((key) =>
    step(`delete ${key}`, (model, real) => {
      real.cache.delete(key);
      model.delete(key);
      equal(real.cache.get(key), undefined);
    }),
  ),
  fc.constant(
    step('clear', (model, real) => {
      real.cache.clear();
      model.clear();
      equal(real.cache.size, 0);
    }),
  ),
];

test('whatever is done to it, a cache returns no wrong value and never exceeds its bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.commands(steps, { maxCommands: 80, size: 'max' }),
      (maxEntries, commands) => {
        const setup = () => ({
          model: new Map<string, number>(),
          real: { cache: new BoundedCache<number>(maxEntries), maxEntries },
        });
        fc.modelRun(setup, commands);
      },
    ),
    { numRuns: 1_000 },
  );
}, 30_000);

test('the keys used last, up to half of the bound, are always there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), fc.array(keys, { maxLength: 60 }), (maxEntries, used) => {
      const cache = new BoundedCache<string>(maxEntries);
      for (const key of used) if (cache.get(key) === undefined) cache.set(key, key);
      const latest = [...new Set(used.toReversed())].slice(0, Math.floor(maxEntries / 2));
      for (const key of latest) equal(cache.get(key), key);
    }),
    { numRuns: 1_000 },
  );
});
