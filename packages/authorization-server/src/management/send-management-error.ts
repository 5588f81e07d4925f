import type { Response } from 'express';
import type { ManagementError } from './management-error.js';

/** Sends an error in WorkOS's shape: `{ message, code, errors? }`. */
export function sendManagementError(response: Response, error: ManagementError): void {
  const { status, code, message, errors, retryAfterSeconds } = error;
  if (retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  }
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(status).json({ message, code, ...(errors !== undefined && { errors }) });
}
