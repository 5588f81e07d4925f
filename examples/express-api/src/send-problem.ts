import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';

/** An answer as RFC 9457 has it, like those of the middleware. */
export function sendProblem(res: Response, status: number, detail?: string): void {
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail };
  res.status(status).type('application/problem+json').json(problem);
}
