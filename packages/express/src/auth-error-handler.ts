import { type ChallengeSettings, checkKnown, isAuthError, MissingTokenError, toChallenge } from '@connect-auth/core';
import { keepRefusal } from '@connect-auth/isolation';
import type { ErrorRequestHandler } from 'express';
import { challengeSettingsFor, stateOf } from './request-state.js';
import { sendChallenge } from './send-challenge.js';

/**
 * Answers the errors of this suite where they arrive as errors: with `passErrors`, or thrown in a handler by
 * `requireScopes(req.auth, …)` of the core. All other errors go on to the next error handler.
 *
 * @throws ConfigurationError if a setting cannot stand in a header
 */
export function authErrorHandler(settings: ChallengeSettings = {}): ErrorRequestHandler {
  checkKnown('', settings, ['realm', 'resourceMetadata']);
  toChallenge(new MissingTokenError(), settings); // Settings that cannot stand in a header show now.
  return (error, req, res, next) => {
    if (!isAuthError(error) || res.headersSent) {
      next(error);
      return;
    }
    keepRefusal(req, error);
    sendChallenge(error, challengeSettingsFor(req, { ...stateOf(req)?.challenge, ...settings }), res);
  };
}
