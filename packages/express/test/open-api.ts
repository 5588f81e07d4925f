import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { CreateExpress } from './express-versions.js';

/** Keeps the errors that reach it, and answers 500 in words that no middleware of this package uses. */
export function errorKeeper() {
  const errors: unknown[] = [];
  const keepError: ErrorRequestHandler = (error, _req, res, _next) => {
    errors.push(error);
    res.status(500).type('text/plain').send('kept');
  };
  return { errors, keepError };
}

/**
 * An API whose one handler stands behind `middleware` and answers every path and method with the caller that it sees.
 * The requests that reach the handler, and the errors that reach the application, are kept.
 */
export function openApi(express: CreateExpress, ...middleware: RequestHandler[]) {
  const app = express();
  const reached: Request[] = [];
  const { errors, keepError } = errorKeeper();
  for (const each of middleware) app.use(each);
  app.use((req, res) => {
    reached.push(req);
    res.json({ auth: req.auth ?? null });
  });
  app.use(keepError);
  return { app, reached, errors };
}
