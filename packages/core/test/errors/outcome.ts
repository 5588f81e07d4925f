import { InvalidTokenError, isAuthError } from '@connect-auth/core';
import { invalidTokenReasons } from '../../src/errors/reasons.js';

/**
 * An error in one line: its class, its status, its code on the wire, its reason, and the detail of its message. Only an
 * `AuthError` has one; anything else is thrown on, and fails the test.
 */
export function lineOf(error: unknown): string {
  if (!isAuthError(error)) throw error;
  const line = `${error.constructor.name} ${error.status} ${error.error ?? '-'} ${error.reason}`;
  if (!(error instanceof InvalidTokenError)) return line;
  const text = invalidTokenReasons[error.reason];
  return error.message.startsWith(text) ? line + error.message.slice(text.length) : `${line}: ${error.message}`;
}

/** `accepted`, or the error in one line. */
export const outcomeOf = (verification: Promise<unknown>): Promise<string> =>
  verification.then(() => 'accepted', lineOf);

/** The line of an `InvalidTokenError` of this reason, with its detail in parentheses if it has one. */
export const refused = (reasonAndDetail: string): string => `InvalidTokenError 401 invalid_token ${reasonAndDetail}`;
