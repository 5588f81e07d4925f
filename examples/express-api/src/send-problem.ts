import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';

/** Sends a problem document (RFC 9457), like those of the middleware. */
export function sendProblem(res: Response, status: number, detail?: string): void {
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail };
  res.status(status).type('application/problem+json').json(problem);
}
