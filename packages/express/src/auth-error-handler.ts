import {
  type AuthError,
  type ChallengeSettings,
  ConfigurationError,
  checkKnown,
  isAuthError,
  MissingTokenError,
  toChallenge,
} from '@connect-auth/core';
import { keepRefusal } from '@connect-auth/isolation';
import type { ErrorRequestHandler } from 'express';
import { challengeSettingsFor, stateOf } from './request-state.js';
import { sendChallenge } from './send-challenge.js';

export interface AuthErrorHandlerOptions extends ChallengeSettings {
  /**
   * Reads an error of the application as the refusal that it means; undefined for one that means none. `orgRefusalOf` of
   * `@connect-auth/postgres` does so for errors of the wall and of foreign keys. Default: none means one.
   */
  readonly refusalOf?: (error: unknown) => AuthError | undefined;
}

/**
 * Answers the errors of this suite where they arrive as errors: with `passErrors`, or thrown in a handler by
 * `requireScopes(req.auth, …)` of the core. All other errors go on to the next error handler.
 *
 * @throws ConfigurationError if a setting cannot stand in a header, or is none
 */
export function authErrorHandler(options: AuthErrorHandlerOptions = {}): ErrorRequestHandler {
  checkKnown('', options, ['realm', 'resourceMetadata', 'refusalOf']);
  const { refusalOf = () => undefined, ...settings } = options;
  if (typeof refusalOf !== 'function') throw new ConfigurationError('refusalOf', 'must be a function');
  toChallenge(new MissingTokenError(), settings); // Settings that cannot stand in a header show now.
  return (error, req, res, next) => {
    const refusal = isAuthError(error) ? error : refusalOf(error);
    if (refusal === undefined || res.headersSent) {
      next(error);
      return;
    }
    keepRefusal(req, refusal);
    sendChallenge(refusal, challengeSettingsFor(req, { ...stateOf(req)?.challenge, ...settings }), res);
  };
}
