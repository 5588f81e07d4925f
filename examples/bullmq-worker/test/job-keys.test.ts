import { expect, test } from '@jest/globals';
import { readJobKeys } from '../src/job-keys.js';

const [one, other] = ['8sQ0b4Xz3m1m0Jx2p8W0u1w3b6T5y7u9r2e4A1c3D5E=', 'f3k9L2p5T8v1Y4b7N0q3S6u9X2a5D8g1J4m7P0r3T6w='];

test('the keys of JOB_KEYS, the one that signs first', () => {
  expect(readJobKeys(`new:${one}, old:${other}`)).toEqual([
    { kid: 'new', secret: one },
    { kid: 'old', secret: other },
  ]);
});

test.each([
  ['', 'JOB_KEYS is missing: kid:secret, with commas in between'],
  ['secret', 'JOB_KEYS: entry 1 is not kid:secret'],
  [`k1:${one},`, 'JOB_KEYS: entry 2 is not kid:secret'],
  [`k1:${one}:${other}`, 'JOB_KEYS: entry 1 is not kid:secret'],
  [`:${one}`, 'JOB_KEYS: entry 1 is not kid:secret'],
])('no keys in %j, and nothing of it in the error', (value, message) => {
  expect(() => readJobKeys(value)).toThrow(new Error(message));
});
