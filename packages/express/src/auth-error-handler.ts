import { type ChallengeSettings, isAuthError } from '@connect-auth/core';
import type { ErrorRequestHandler } from 'express';
import { challengeSettingsFor, stateOf } from './request-state.js';
import { sendChallenge } from './send-challenge.js';

/**
 * Answers the errors of this suite where they arrive as errors: with `passErrors`, or thrown in a handler by
 * `requireScopes(req.auth, …)` of the core. All other errors go on to the next error handler.
 */
export const authErrorHandler =
  (settings: ChallengeSettings = {}): ErrorRequestHandler =>
  (error, req, res, next) => {
    if (!isAuthError(error) || res.headersSent) {
      next(error);
      return;
    }
    sendChallenge(error, challengeSettingsFor(req, { ...stateOf(req)?.challenge, ...settings }), res);
  };
