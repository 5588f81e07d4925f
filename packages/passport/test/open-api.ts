import { type Auth, findCurrentAuth, isAuthError } from '@connect-auth/core';
import express, { type ErrorRequestHandler, type Request } from 'express';
import passport, { type AuthenticateOptions, type Strategy } from 'passport';

/**
 * An API behind one or more strategies, which a Passport of its own asks in their order. What reaches the handler, what
 * `currentAuth()` is there, and what reaches the error handler, is kept.
 */
export function openApi(strategies: readonly Strategy[], options: AuthenticateOptions = {}) {
  const authenticator = new passport.Passport();
  for (const strategy of strategies) authenticator.use(strategy);
  const names = strategies.map(({ name }) => String(name));
  const [only = '', ...others] = names;

  const arrived: Request[] = [];
  const reached: { user: unknown; current: Auth | undefined }[] = [];
  const errors: unknown[] = [];
  const app = express();
  app.use((req, _res, next) => {
    arrived.push(req);
    next();
  });
  app.use(authenticator.authenticate(others.length > 0 ? names : only, { session: false, ...options }));
  app.use((req, res) => {
    reached.push({ user: req.user, current: findCurrentAuth() });
    res.send('reached');
  });
  const keepError: ErrorRequestHandler = (error, _req, res, _next) => {
    errors.push(error);
    res.status(isAuthError(error) ? error.status : 500).send('kept');
  };
  app.use(keepError);
  return { app, arrived, reached, errors };
}
