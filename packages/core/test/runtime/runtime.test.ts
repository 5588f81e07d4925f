import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { systemRuntime } from '../../src/runtime/runtime.js';

beforeEach(() => {
  jest.useFakeTimers({ now: 1_767_268_800_000 });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('the time is that of the system, in milliseconds', () => {
  expect(systemRuntime.now()).toBe(1_767_268_800_000);
});

test('a timer fires once, at its time, and not after it was cancelled', () => {
  const fired: string[] = [];
  systemRuntime.after(100, () => fired.push('kept'));
  const cancel = systemRuntime.after(100, () => fired.push('cancelled'));
  cancel();
  jest.advanceTimersByTime(99);
  expect(fired).toEqual([]);
  jest.advanceTimersByTime(10_000);
  expect(fired).toEqual(['kept']);
});

test('a timer does not keep the process alive', () => {
  jest.useRealTimers();
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  const cancel = systemRuntime.after(60_000, () => undefined);
  const referenced = setTimeout(() => undefined, 60_000);
  expect(timers()).toBe(before + 1);
  clearTimeout(referenced);
  cancel();
});

test('the global fetch is looked up at each call', async () => {
  const patched = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('patched'));
  const init = { method: 'GET' };
  expect(await (await systemRuntime.fetch('https://issuer.test/keys', init)).text()).toBe('patched');
  expect(patched).toHaveBeenCalledWith('https://issuer.test/keys', init);
});

test('chance is in [0, 1), and the runtime cannot be changed', () => {
  const number = systemRuntime.random();
  expect(number >= 0 && number < 1).toBe(true);
  expect(Object.isFrozen(systemRuntime)).toBe(true);
});
