import { expect, test } from '@jest/globals';
import { isRunning } from '../../src/runtime/is-running.js';

test.each([
  ['from the moment it began', 1_000, true],
  ['up to the last millisecond', 1_499, true],
  ['no more at its end', 1_500, false],
  ['no more on a clock that was set back to before it', 999, false],
])('a span runs %s', (_when, now, runs) => {
  expect(isRunning(1_000, 500, now)).toBe(runs);
});
