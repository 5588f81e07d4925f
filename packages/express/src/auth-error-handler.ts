import type { ErrorHandlerOptions } from '@connect-auth/core';
import { recordOf, resolveErrorHandler } from '@connect-auth/core/adapter';
import type { ErrorRequestHandler } from 'express';
import { challengeOptionsFor, sendChallenge } from './send-challenge.js';

/**
 * Answers the errors of this suite that arrive as errors: with `passErrors`, or thrown in a handler by
 * `requireScopes(req.auth, …)` of the core; and those that `refusalOf` reads as one. All others go on to the next error
 * handler.
 *
 * @throws ConfigurationError if a setting cannot stand in a header, or is unknown
 */
export function authErrorHandler(options: ErrorHandlerOptions = {}): ErrorRequestHandler {
  const { read, challenge } = resolveErrorHandler(options);
  return (error, req, res, next) => {
    const refusal = read(error);
    if (refusal === undefined || res.headersSent) {
      next(error);
      return;
    }
    const record = recordOf(req);
    record.refusal = refusal;
    sendChallenge(refusal, challengeOptionsFor(req, { ...record.protection?.challenge, ...challenge }), res);
  };
}
