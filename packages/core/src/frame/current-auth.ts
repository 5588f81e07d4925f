import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { findFrame, runInGivenFrame } from './frame.js';

/**
 * Runs `action`, and everything it starts, as the caller that `auth` describes, whoever the caller of the request is.
 */
export const runWithAuth = <Result>(auth: Auth, action: () => Result): Result => runAs(auth, action);

/** Runs `action`, and everything it starts, as nobody: the results of an earlier verification do not count in it. */
export const runWithoutAuth = <Result>(action: () => Result): Result => runAs(undefined, action);

const runAs = <Result>(auth: Auth | undefined, action: () => Result): Result => {
  const record = findFrame()?.record;
  return runInGivenFrame({ record, as: { auth }, org: undefined, keeper: record ?? {} }, action);
};

/** Returns the verified caller of the current request; undefined if there is none. */
export function findCurrentAuth(): Auth | undefined {
  const frame = findFrame();
  return frame?.as === undefined ? frame?.record?.caller : frame.as.auth;
}

/**
 * Returns the verified caller of the current request, from anywhere in the code.
 *
 * @throws ConfigurationError outside a request that was verified: there is nobody to act for
 */
export function currentAuth(): Auth {
  const auth = findCurrentAuth();
  if (auth === undefined) {
    throw new ConfigurationError('currentAuth()', 'was called outside a request whose token was verified');
  }
  return auth;
}
