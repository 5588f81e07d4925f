import { ConfigurationError } from '@connect-auth/core';

/** Checks the clock, without which nothing would ever be too old. @throws ConfigurationError */
export function checkClock(now: unknown): void {
  if (typeof now !== 'function') throw new ConfigurationError('now', 'must be a function');
}
