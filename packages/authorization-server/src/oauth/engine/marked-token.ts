import { decodeProtectedHeader } from 'jose';

/**
 * Stands before a JWT that the engine shall look up. The engine refuses to introspect or revoke what looks like a JWT;
 * with this prefix it does not, and reaches our adapter.
 */
const mark = '~';

/** @param token as the caller sent it; one that already begins with the mark gets another, so that none can be forged */
export const markToken = (token: string): string =>
  looksLikeJwt(token) || token.startsWith(mark) ? mark + token : token;

/** @returns the JWT, or undefined for any other identifier that the engine looks up */
export const unmarkToken = (id: string): string | undefined =>
  id.startsWith(mark) ? id.slice(mark.length) : undefined;

/** Tests what the engine tests; it is also true of a JWE, and of what only begins like a JWT. */
function looksLikeJwt(token: string): boolean {
  try {
    decodeProtectedHeader(token);
    return true;
  } catch {
    return false;
  }
}
