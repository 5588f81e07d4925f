import { InvalidRequestError, MissingTokenError } from '../errors/token-errors.js';
import { type BearerToken, maxTokenLength } from '../token/bearer-token.js';
import { authorizationValues, type RequestHead } from './request-head.js';

/** RFC 6750 §2.1; the scheme is `Bearer` in any case. */
const bearerStart = /^bearer +(?=[^=])/i;
const bearerScheme = /^bearer(?:[ \t,]|$)/i;
/** Anything that a token68 cannot contain (RFC 9110 §11.2). Searching for it takes half the time of matching a token. */
const notToken68 = /[^A-Za-z0-9\-._~+/=]|=[^=]/;

/**
 * Stage 1: finds the one Bearer token of a request, in its Authorization header and nowhere else.
 *
 * Another scheme counts as a missing token: the challenge then says what this server wants. A second token in the query is
 * refused (RFC 6750 §2); one in the query alone is ignored, since URLs end up in logs. The body is not read.
 *
 * @throws MissingTokenError if there is no Bearer token
 * @throws InvalidRequestError if there are several, or one that is malformed or larger than 16 KiB
 */
export function extractToken(request: RequestHead): BearerToken {
  const values = authorizationValues(request);
  const value = values[0];
  if (values.length > 1) throw new InvalidRequestError('multiple_credentials');
  if (value === undefined || value === '') throw new MissingTokenError();
  if (value.length > maxTokenLength + 'Bearer '.length) throw new InvalidRequestError('too_large');

  const start = bearerStart.exec(value)?.[0];
  const token = start === undefined ? undefined : value.slice(start.length);
  if (token === undefined || notToken68.test(token)) {
    throw bearerScheme.test(value) ? new InvalidRequestError('malformed_header') : new MissingTokenError();
  }
  if (hasTokenInQuery(request.url)) throw new InvalidRequestError('multiple_credentials');
  return token as BearerToken;
}

/** RFC 6750 §2.3 names the parameter. */
function hasTokenInQuery(url: string | undefined): boolean {
  const query = url?.indexOf('?') ?? -1;
  if (url === undefined || query < 0) return false;
  // Most queries contain neither the name nor an escape that could hide it, so most requests do not pay for the parser.
  const text = url.slice(query + 1);
  return (text.includes('access_token') || text.includes('%')) && new URLSearchParams(text).has('access_token');
}
