import type { HttpRequest } from '../transport/http-message.js';
import { OAuthError } from './oauth-error.js';

/** Parses a form body. Refuses a repeated parameter; an empty one counts as absent (RFC 6749 §3.2). */
export function parseForm(request: HttpRequest): ReadonlyMap<string, string> {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') {
    throw new OAuthError('invalid_request', 'The body must be application/x-www-form-urlencoded.');
  }
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(request.body)) {
    if (value === '') continue;
    if (form.has(name)) throw new OAuthError('invalid_request', 'A parameter occurs more than once.');
    form.set(name, value);
  }
  return form;
}
