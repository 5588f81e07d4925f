import {
  type Auth,
  type ChallengeSettings,
  ConfigurationError,
  extractToken,
  MissingTokenError,
  runWithoutAuth,
  toChallenge,
  type Verifier,
  type VerifierSource,
  verifierOf,
} from '@connect-auth/core';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { admit } from './admit.js';
import { openState } from './request-state.js';
import { refuse } from './send-challenge.js';
import { settle } from './settle.js';

/** How this middleware answers. */
export interface AnswerOptions {
  /** The protection space that challenges name (RFC 9110 §11.5). Default: `api`. */
  readonly realm?: string;
  /** Hands errors to `next`, for an error handler of the application's or `authErrorHandler()`. Default: false. */
  readonly passErrors?: boolean;
}

/** A verifier that exists already, or the options for one; with neither, environment variables say which issuer. */
export type ConnectAuthOptions = AnswerOptions & VerifierSource;

/** The middleware, and the verifier that it uses: `ready()`, `health()`, `revoke()` and `close()` are there. */
export type ConnectAuthHandler = RequestHandler & { readonly verifier: Verifier };

/**
 * Lets pass requests with a good access token and answers all others. Behind it, `req.auth` and `currentAuth()` are the
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
 * Like `connectAuth`, but callers without any token pass, as nobody: `req.auth` is undefined. A token that is there and
 * not good is refused all the same.
 */
connectAuth.optional = (options: ConnectAuthOptions = {}): ConnectAuthHandler =>
  handlerOf(options, (error, state, req, res, next) => {
    if (error instanceof MissingTokenError) next();
    else refuse(error, state, req, res, next);
  });

function handlerOf(options: ConnectAuthOptions, onError: typeof refuse): ConnectAuthHandler {
  const { realm, passErrors = false, ...rest } = options;
  if (typeof passErrors !== 'boolean') throw new ConfigurationError('passErrors', 'must be true or false');
  const challenge: ChallengeSettings = realm === undefined ? {} : { realm };
  toChallenge(new MissingTokenError(), challenge); // A realm that cannot stand in a header shows now.
  const verifier = verifierOf(rest);

  const authenticate = (req: Request): Auth | Promise<Auth> => {
    const token = extractToken(req);
    return verifier.recall(token) ?? verifier.verify(token);
  };
  const handler = (req: Request, res: Response, next: NextFunction): void => {
    const state = openState(req, { verifier, challenge, passErrors, passedRules: [] });
    settle(
      () => authenticate(req),
      (auth) => admit(auth, state, req, next),
      (error) => runWithoutAuth(() => onError(error, state, req, res, next)),
    );
  };
  return Object.assign(handler, { verifier });
}
