import { jest } from '@jest/globals';

/**
 * `setTimeout` waits for `jest.advanceTimersByTime`, and everything else goes on. Before the server is opened: a timer that is
 * not its own could not be cleared.
 */
export function stopTimers(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
}
