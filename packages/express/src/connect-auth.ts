import {
  type Auth,
  type ChallengeOptions,
  ConfigurationError,
  extractToken,
  MissingTokenError,
  toChallenge,
  type Verifier,
  type VerifierSource,
} from '@connect-auth/core';
import { acceptToken, type Protection, recordOf, runInFrame, verifierOf } from '@connect-auth/core/adapter';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { admit } from './admit.js';
import { refuse } from './send-challenge.js';
import { settle } from './settle.js';

/** How this middleware answers. */
export interface AnswerOptions {
  /** The protection space that challenges name (RFC 9110 §11.5). Default: `api`. */
  readonly realm?: string;
  /** Hands errors to `next`, for the application's own error handler or `authErrorHandler()`. Default: false. */
  readonly passErrors?: boolean;
}

/** An existing verifier, or the options for one; with neither, environment variables name the issuer. */
export type ConnectAuthOptions = AnswerOptions & VerifierSource;

/** The middleware, with the verifier that it uses, for `ready()`, `health()`, `revoke()` and `close()`. */
export type ConnectAuthHandler = RequestHandler & { readonly verifier: Verifier };

/**
 * Allows requests with a good access token and answers all others. Behind it, `req.auth` and `currentAuth()` are the
 * verified caller. `req.body` is never touched. A CORS preflight carries no token and is answered like any request
 * without one: CORS middleware belongs before this.
 *
 * @param options default: `CONNECT_ISSUER`, `CONNECT_AUDIENCE` and the others of `issuerFromEnv()`
 * @throws ConfigurationError naming the option, or every environment variable, that is missing
 */
export function connectAuth(options: ConnectAuthOptions = {}): ConnectAuthHandler {
  return handlerOf(options, refuse);
}

/**
 * Works like `connectAuth`, but also allows callers without any token, as nobody: `req.auth` is undefined. A token that
 * is present but not good is still refused.
 */
connectAuth.optional = (options: ConnectAuthOptions = {}): ConnectAuthHandler =>
  handlerOf(options, (error, protection, req, res, next) => {
    if (error instanceof MissingTokenError) next();
    else refuse(error, protection, req, res, next);
  });

function handlerOf(options: ConnectAuthOptions, onError: typeof refuse): ConnectAuthHandler {
  const { realm, passErrors = false, ...rest } = options;
  if (typeof passErrors !== 'boolean') throw new ConfigurationError('passErrors', 'must be true or false');
  const challenge: ChallengeOptions = realm === undefined ? {} : { realm };
  toChallenge(new MissingTokenError(), challenge); // Fails at startup for a realm that cannot stand in a header.
  const verifier = verifierOf(rest);

  const protection: Protection = { verifier, challenge, passErrors };

  const handler = (req: Request, res: Response, next: NextFunction): void => {
    const record = recordOf(req);
    record.protect(protection);
    req.auth = undefined as never as Auth;
    settle(
      () => acceptToken(record, verifier, extractToken(req)),
      (auth) => admit(auth, record, req, next),
      (error) => runInFrame(record, () => onError(error, protection, req, res, next)),
    );
  };
  return Object.assign(handler, { verifier });
}
