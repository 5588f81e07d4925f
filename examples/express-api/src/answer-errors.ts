import type { ErrorRequestHandler } from 'express';
import { isDatabaseDown } from 'walled-database';
import { sendProblem } from './send-problem.js';

/** What went wrong is for the log. The caller hears whose turn it is, and nothing of what a database says. */
export const answerErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  // A body that cannot be read is the caller's: its parser says 4xx.
  const { status = 500 } = error as { status?: number };
  if (status < 500) {
    sendProblem(res, status);
    return;
  }
  console.error(error);
  if (!isDatabaseDown(error)) sendProblem(res, 500);
  else sendProblem(res.set('Retry-After', '5'), 503);
};
