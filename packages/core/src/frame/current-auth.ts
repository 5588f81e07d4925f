import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { findFrame, runInGivenFrame } from './frame.js';

/** Runs `action`, and all that it starts, as the caller that `auth` describes, whoever is the caller of the request. */
export const runWithAuth = <Result>(auth: Auth, action: () => Result): Result => runAs(auth, action);

/** Runs `action`, and all that it starts, as nobody: what an earlier verification found out does not count in it. */
export const runWithoutAuth = <Result>(action: () => Result): Result => runAs(undefined, action);

const runAs = <Result>(auth: Auth | undefined, action: () => Result): Result => {
  const record = findFrame()?.record;
  return runInGivenFrame({ record, as: { auth }, org: undefined, keeper: record ?? {} }, action);
};

/** The verified caller of the request that is being handled; undefined if there is none. */
export function findCurrentAuth(): Auth | undefined {
  const frame = findFrame();
  return frame?.as === undefined ? frame?.record?.caller : frame.as.auth;
}

/**
 * The verified caller of the request that is being handled, wherever the code is that asks.
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
