import { type AuthError, type ChallengeSettings, isAuthError, toChallenge } from '@connect-auth/core';
import { keepRefusal } from '@connect-auth/isolation';
import type { NextFunction, Request, Response } from 'express';
import { challengeSettingsFor, type RequestState } from './request-state.js';

/** Answers an error of the core, with its status, challenge and body, and ends the response. */
export function sendChallenge(error: AuthError, settings: ChallengeSettings, res: Response): void {
  const { status, headers, body } = toChallenge(error, settings);
  res.status(status).set(headers).end(JSON.stringify(body));
}

/** Answers what the caller is to blame for or has to wait for; anything else is a bug and goes to the application. */
export function refuse(error: unknown, state: RequestState, req: Request, res: Response, next: NextFunction): void {
  keepRefusal(req, error);
  if (!isAuthError(error) || state.passErrors || res.headersSent) {
    next(error);
    return;
  }
  try {
    sendChallenge(error, challengeSettingsFor(req, state.challenge), res);
  } catch (failure) {
    next(failure); // A header hook of another middleware, say. It may come after a wait, where nobody else catches it.
  }
}
