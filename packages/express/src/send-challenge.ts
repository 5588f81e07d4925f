import { type AuthError, type ChallengeOptions, isAuthError, toChallenge } from '@connect-auth/core';
import { type Protection, recordOf } from '@connect-auth/core/adapter';
import type { NextFunction, Request, Response } from 'express';

/** Answers with the status, challenge and body of an error of the core, and ends the response. */
export function sendChallenge(error: AuthError, settings: ChallengeOptions, res: Response): void {
  const { status, headers, body } = toChallenge(error, settings);
  res.status(status).set(headers).end(JSON.stringify(body));
}

/** Returns the settings of the challenges that answer this request. */
export function challengeOptionsFor(req: Request, settings: ChallengeOptions = {}): ChallengeOptions {
  const { resourceMetadata } = recordOf(req);
  return resourceMetadata === undefined ? settings : { resourceMetadata, ...settings };
}

/**
 * Answers errors that the caller is to blame for or has to wait out; any other is a bug and goes to the application.
 */
export function refuse(error: unknown, protection: Protection, req: Request, res: Response, next: NextFunction): void {
  recordOf(req).refusal = error;
  if (!isAuthError(error) || protection.passErrors || res.headersSent) {
    next(error);
    return;
  }
  try {
    sendChallenge(error, challengeOptionsFor(req, protection.challenge), res);
  } catch (failure) {
    next(failure); // A header hook of another middleware may throw, perhaps after a wait, where nobody else catches it.
  }
}
