import { type AuthError, type ChallengeOptions, toChallenge } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { AuthException } from './auth.exception.js';
import { toMessageError } from './message-error.js';
import { setHeaders, setHeadersWithoutType } from './set-headers.js';

/** Makes the exception that refuses a call in the way of its transport, with the core's error as its `cause`. */
export async function exceptionFor(
  error: AuthError,
  context: ExecutionContext,
  settings: ChallengeOptions,
): Promise<Error> {
  const challenge = toChallenge(error, settings);
  switch (context.getType<string>()) {
    case 'ws': {
      const { WsException } = await import('@nestjs/websockets');
      return withCause(new WsException(toMessageError(challenge)), error);
    }
    case 'rpc': {
      const { RpcException } = await import('@nestjs/microservices');
      return withCause(new RpcException(toMessageError(challenge)), error);
    }
    case 'graphql': {
      // A request of Express has its response. One of Fastify does not: the application puts `reply` into the context.
      const { req, reply } = context.getArgByIndex(2) ?? {};
      setHeadersWithoutType(req?.res ?? reply, challenge);
      return new AuthException(error, challenge);
    }
    default:
      setHeaders(context.switchToHttp().getResponse(), challenge);
      return new AuthException(error, challenge);
  }
}

/** Adds a `cause` that is not enumerable, as everywhere else: it must not be sent over the wire. */
const withCause = (exception: Error, cause: AuthError): Error =>
  Object.defineProperty(exception, 'cause', { value: cause, configurable: true, writable: true });
