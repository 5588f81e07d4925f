import { AsyncLocalStorage } from 'node:async_hooks';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Auth } from './auth.js';

const storage = new AsyncLocalStorage<Auth | undefined>();

/** Runs `action`, and all that it starts, as the caller that `auth` describes. */
export function runWithAuth<Result>(auth: Auth, action: () => Result): Result {
  return storage.run(auth, action);
}

/** Runs `action`, and all that it starts, as nobody: what an earlier verification found out does not count in it. */
export function runWithoutAuth<Result>(action: () => Result): Result {
  return storage.run(undefined, action);
}

/**
 * The verified caller of the request that is being handled, wherever the code is that asks.
 *
 * @throws ConfigurationError outside a request that was verified: there is nobody to act for
 */
export function currentAuth(): Auth {
  const auth = storage.getStore();
  if (auth === undefined) {
    throw new ConfigurationError('currentAuth()', 'was called outside a request whose token was verified');
  }
  return auth;
}
