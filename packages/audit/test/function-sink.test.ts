import { type AuditEvent, createAuditTrail, functionSink } from '@connect-auth/audit';
import { expect, test } from '@jest/globals';
import { read } from './memory-sink.js';

test('a function gets one event after the other, and each again that it failed on', async () => {
  const taken: AuditEvent[] = [];
  let failures = 1;
  const sink = functionSink(async (event) => {
    taken.push(event);
    if (event.targets[0]?.id === '1' && failures-- > 0) throw new Error('no');
  }, 'mine');
  const trail = createAuditTrail({ operator: [sink], retryDelayMs: 0 });
  for (const id of ['0', '1', '2']) trail.record(read(id));
  await trail.close();
  expect(taken.map(({ targets }) => targets[0]?.id)).toEqual(['0', '1', '1', '2']);
  expect(trail.stats().sinks.mine).toEqual({ queued: 0, written: 3, dropped: 0, failed: 0 });
});

test('a function sink takes a function', () => {
  expect(() => functionSink('log' as never)).toThrow('functionSink() takes a function');
  expect(() => functionSink(() => {}, '')).toThrow('functionSink().name must be a non-empty string');
});
