import type { Auth } from '../auth/auth.js';

/** Beside the error and not on it: an error handler may show what stands on it, and an `Auth` holds its token. */
const callers = new WeakMap<object, Auth>();

/** Keeps who was refused although the token is good, and gives the error back. */
export function refusing<Refusal extends object>(error: Refusal, auth: Auth): Refusal {
  callers.set(error, auth);
  return error;
}

/** For audit trails: whom `verify` refused although the token is good; undefined where it is not known who asked. */
export const refusedCaller = (error: unknown): Auth | undefined =>
  typeof error === 'object' && error !== null ? callers.get(error) : undefined;
