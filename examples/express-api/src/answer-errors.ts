import type { ErrorRequestHandler } from 'express';
import { isDatabaseDown } from 'walled-database';
import { sendProblem } from './send-problem.js';

/** Logs the error. The caller learns only whether to try again, and nothing of what the database says. */
export const answerErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  // A body that cannot be parsed is the caller's fault: its parser sets a 4xx.
  const { status = 500 } = error as { status?: number };
  if (status < 500) {
    sendProblem(res, status);
    return;
  }
  console.error(error);
  if (!isDatabaseDown(error)) sendProblem(res, 500);
  else sendProblem(res.set('Retry-After', '5'), 503);
};
