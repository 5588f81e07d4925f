import { beforeEach, describe, expect, test } from '@jest/globals';
import { RefreshSchedule } from '../../src/keys/refresh-schedule.js';

const times = { cacheSeconds: 600, staleSeconds: 3_600, cooldownSeconds: 5, timeoutMs: 5_000 };
const refused = { hung: false };

describe('after a failure', () => {
  test.each([
    ['the least', 0, [1_000, 2_000, 4_000, 5_000, 5_000]],
    ['the most', 1, [1_200, 2_400, 4_800, 6_000, 6_000]],
  ])('the pauses double up to the cool-down, with %s of chance', (_what, chance, pauses) => {
    const schedule = new RefreshSchedule(times, () => chance);
    let now = 1_000_000;
    for (const pause of pauses) {
      schedule.failed(now, refused);
      expect(schedule.isBackingOff(now + pause - 1)).toBe(true);
      now += pause;
      expect(schedule.isBackingOff(now)).toBe(false);
    }
  });

  test('a success ends the pauses, and the next failure starts with the shortest again', () => {
    const schedule = new RefreshSchedule(times, () => 0);
    for (const now of [0, 10_000, 20_000]) schedule.failed(now, refused);
    schedule.succeeded(30_000);
    expect(schedule.isFailing).toBe(false);
    expect(schedule.isBackingOff(30_000)).toBe(false);
    schedule.failed(40_000, refused);
    expect(schedule.isBackingOff(40_999)).toBe(true);
    expect(schedule.isBackingOff(41_000)).toBe(false);
  });

  test('Retry-After is the rest of the pause in whole seconds, and never less than one', () => {
    const schedule = new RefreshSchedule(times, () => 0);
    for (const now of [0, 0, 0]) schedule.failed(now, refused);
    expect([0, 1, 1_000, 3_001, 4_000, 9_000].map(schedule.retryAfterSeconds)).toEqual([4, 4, 3, 1, 1, 1]);
  });
});

describe('an issuer that hung', () => {
  const open = () => new RefreshSchedule(times, () => 0);

  test('is waited for by nobody until two cool-downs and a time-out have passed', () => {
    const schedule = open();
    schedule.failed(0, { hung: true });
    expect([0, 14_999, 15_000].map((now) => schedule.isHanging(now))).toEqual([true, true, false]);
  });

  test.each<[string, (schedule: RefreshSchedule) => void]>([
    ['an answer', (schedule) => schedule.succeeded(1_000)],
    ['a failure without delay', (schedule) => schedule.failed(1_000, refused)],
  ])('is no longer taken to hang after %s', (_what, happen) => {
    const schedule = open();
    schedule.failed(0, { hung: true });
    happen(schedule);
    expect(schedule.isHanging(1_000)).toBe(false);
  });
});

describe('after a success', () => {
  let schedule: RefreshSchedule;
  beforeEach(() => {
    schedule = new RefreshSchedule(times, () => 0.5);
    schedule.succeeded(0);
  });

  test('keys are fresh up to the cache age, and serve stale an hour longer', () => {
    expect([599_999, 600_000].map(schedule.isFresh)).toEqual([true, false]);
    expect([4_199_999, 4_200_000].map(schedule.isUsableStale)).toEqual([true, false]);
  });

  test('a failure does not make old keys younger', () => {
    schedule.failed(599_000, refused);
    expect([599_999, 600_000].map(schedule.isFresh)).toEqual([true, false]);
    expect([4_199_999, 4_200_000].map(schedule.isUsableStale)).toEqual([true, false]);
  });

  test('the fetch for an unknown key is there once per cool-down', () => {
    expect([0, 0, 4_999, 5_000, 5_001, 9_999, 10_000].map((now) => schedule.claimMiss(now))).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });
});

test('before the first success nothing is fresh or stale', () => {
  const schedule = new RefreshSchedule(times, () => 0.5);
  expect(schedule.isFresh(1)).toBe(false);
  expect(schedule.isUsableStale(1)).toBe(false);
  expect(schedule.isFailing).toBe(false);
});
