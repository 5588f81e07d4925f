import { expect, test } from '@jest/globals';
import { createFixedClock } from '../../src/index.js';

test('stands still until told', () => {
  const { now, advanceSeconds, advanceMs, set } = createFixedClock(1_000);
  expect([now(), now()]).toEqual([1_000, 1_000]);
  advanceSeconds(2);
  advanceMs(5);
  expect(now()).toBe(3_005);
  set(10);
  expect(now()).toBe(10);
  expect(() => advanceMs(-1)).toThrow(RangeError);
  expect(() => advanceMs(Number.NaN)).toThrow(RangeError);
});

test('starts at the same time on every run', () => {
  expect(new Date(createFixedClock().now()).toISOString()).toBe('2026-01-01T12:00:00.000Z');
});

test('fires timers in order, each at its own time', () => {
  const clock = createFixedClock(0);
  const fired: string[] = [];
  clock.after(300, () => fired.push(`c at ${clock.now()}`));
  clock.after(100, () => fired.push(`a at ${clock.now()}`));
  clock.after(100, () => fired.push(`b at ${clock.now()}`));
  clock.advanceMs(99);
  expect(fired).toEqual([]);
  clock.advanceMs(1);
  expect(fired).toEqual(['a at 100', 'b at 100']);
  clock.set(1_000);
  expect(fired).toEqual(['a at 100', 'b at 100', 'c at 300']);
  expect(clock.now()).toBe(1_000);
});

test('fires a timer set by a timer, once, and not one that was cancelled', () => {
  const clock = createFixedClock(0);
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    clock.after(10, tick);
  };
  clock.after(10, tick);
  const cancel = clock.after(5, () => expect('cancelled').toBe('fired'));
  cancel();
  clock.advanceMs(35);
  expect(ticks).toBe(3);
});

test('a timer with no delay waits for the next move, and setting back fires nothing', () => {
  const clock = createFixedClock(100);
  let fired = 0;
  clock.after(0, () => {
    fired += 1;
  });
  clock.set(50);
  expect(fired).toBe(0);
  clock.set(100);
  expect(fired).toBe(1);
});
