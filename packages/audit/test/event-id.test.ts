import { createAuditTrail } from '@connect-auth/audit';
import { expect, test } from '@jest/globals';
import { actor, memorySink } from './memory-sink.js';

const idsAt = (...times: readonly number[]) => {
  let at = 0;
  const trail = createAuditTrail({ operator: [memorySink('sink')], now: () => times[Math.floor(at++ / 2)] ?? 0 });
  return times.map(() => trail.record({ actor, action: 'a.b', decision: 'allow' }));
};

test('an id is a ULID of its time', () => {
  // The example of the ULID specification.
  const [id] = idsAt(1_469_918_176_385);
  expect(id).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
});

test.each([
  ['within one millisecond', Array(2_000).fill(1_700_000_000_000)],
  ['after a clock was set back', [5_000, 4_000, 0, 5_000, 5_001]],
])('ids are in the order of their making %s', (_what, times: number[]) => {
  const ids = idsAt(...times);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});
