import { createFixedClock } from '@connect-auth/testing';
import { expect, test } from '@jest/globals';
import { DeadlineError, withDeadline } from '../../src/runtime/deadline.js';
import { systemRuntime } from '../../src/runtime/runtime.js';

function scene() {
  const clock = createFixedClock();
  const timers = new Set<object>();
  const after = (delayMs: number, action: () => void) => {
    const timer = {};
    const cancel = clock.after(delayMs, () => {
      timers.delete(timer);
      action();
    });
    timers.add(timer);
    return () => {
      timers.delete(timer);
      cancel();
    };
  };
  return { clock, timers, closing: new AbortController(), runtime: { ...systemRuntime, now: clock.now, after } };
}

const never = () => new Promise<never>(() => undefined);

test('work that ends in time gives its result and leaves no timer behind', async () => {
  const { runtime, closing, timers } = scene();
  expect(await withDeadline(runtime, 100, closing.signal, async () => 'done')).toBe('done');
  expect(timers.size).toBe(0);
});

test('work that fails in time fails as it did and leaves no timer behind', async () => {
  const { runtime, closing, timers } = scene();
  const failing = withDeadline(runtime, 100, closing.signal, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect(timers.size).toBe(0);
});

test('at the deadline the signal is aborted, and work that ignores it is left behind', async () => {
  const { runtime, clock, closing, timers } = scene();
  let signal: AbortSignal | undefined;
  const late = withDeadline(runtime, 100, closing.signal, (given) => {
    signal = given;
    return never();
  });
  clock.advanceMs(99);
  expect(signal?.aborted).toBe(false);
  clock.advanceMs(1);
  expect(signal?.aborted).toBe(true);
  await expect(late).rejects.toThrow(DeadlineError);
  expect(timers.size).toBe(0);
});

test('closing aborts the signal with its own reason', async () => {
  const { runtime, closing, timers } = scene();
  const cancelled = withDeadline(runtime, 100, closing.signal, never);
  closing.abort(new Error('closed'));
  await expect(cancelled).rejects.toThrow('closed');
  expect(timers.size).toBe(0);
});

test('after closing no work is begun', async () => {
  const { runtime, closing } = scene();
  closing.abort(new Error('closed'));
  let begun = false;
  const refused = withDeadline(runtime, 100, closing.signal, async () => {
    begun = true;
  });
  await expect(refused).rejects.toThrow('closed');
  expect(begun).toBe(false);
});
