import type { Auth } from '@connect-auth/core';

/** The requests that go on record when they are over, by that of Node.js, and whom a guard let in with each. */
const watched = new WeakMap<object, { auth: Auth | undefined }>();

export const watchRequest = (request: object): void => void watched.set(request, { auth: undefined });

/** Who was let in last; nobody where a guard refuses. Of a request that nobody watches nothing is kept. */
export function keepCaller(request: object, auth: Auth | undefined): void {
  const kept = watched.get(request);
  if (kept !== undefined) kept.auth = auth;
}

export const callerOf = (request: object): Auth | undefined => watched.get(request)?.auth;
