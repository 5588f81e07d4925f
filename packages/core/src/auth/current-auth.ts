import { AsyncLocalStorage } from 'node:async_hooks';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Auth } from './auth.js';

/** Who the work at hand is done for, once that is known. */
interface Frame {
  auth: Auth | undefined;
}

const frames = new AsyncLocalStorage<Frame>();

/** Runs `action`, and all that it starts, as the caller that `auth` describes. */
export function runWithAuth<Result>(auth: Auth, action: () => Result): Result {
  return frames.run({ auth }, action);
}

/** Runs `action`, and all that it starts, as nobody: what an earlier verification found out does not count in it. */
export function runWithoutAuth<Result>(action: () => Result): Result {
  return frames.run({ auth: undefined }, action);
}

/**
 * Says who the innermost `runWithAuth` or `runWithoutAuth` under way runs as, from now on. For frameworks whose guards
 * cannot run what comes after them: something earlier opens the frame, and the guard fills it. Outside a frame nothing
 * happens, and nobody is the caller.
 */
export function setCurrentAuth(auth: Auth | undefined): void {
  const frame = frames.getStore();
  if (frame !== undefined) frame.auth = auth;
}

/** The verified caller of the request that is being handled; undefined if there is none. */
export function findCurrentAuth(): Auth | undefined {
  return frames.getStore()?.auth;
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
