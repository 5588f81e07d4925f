import { AsyncLocalStorage } from 'node:async_hooks';
import { ConfigurationError } from '@connect-auth/core';

const requests = new AsyncLocalStorage<object>();
let kept = false;

/** For applications with resolvers: others do not pay for it. Before the frames are opened. */
export function keepHandledRequests(): void {
  kept = true;
}

export const requestsAreKept = (): boolean => kept;

export const runHandling = <Result>(request: object, action: () => Result): Result => requests.run(request, action);

/**
 * Makes sure that a resolver was given the very request that is being handled; undefined stands for none, as over a
 * socket. Nest 11 writes the request into the context that the application gives, once: where that is one object for
 * all, whoever comes later would be taken for the first caller.
 *
 * @throws ConfigurationError
 */
export function checkHandled(request: object | undefined): void {
  if (kept && requests.getStore() !== request) {
    throw new ConfigurationError('context', 'of GraphQLModule must be a function that makes a new object at each call');
  }
}
