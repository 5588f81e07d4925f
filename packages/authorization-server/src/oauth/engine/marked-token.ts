import { decodeProtectedHeader } from 'jose';

/**
 * The engine refuses to introspect or revoke what looks like a JWT, since it keeps none. With this before it, a token
 * does not look like one, and comes to our adapter.
 */
const mark = '~';

/** @param token as the caller sent it; one that begins with the mark is marked too, and so is never taken for marked */
export const markToken = (token: string): string =>
  looksLikeJwt(token) || token.startsWith(mark) ? mark + token : token;

/** @returns the JWT, or undefined for anything else that the engine looks up by its name */
export const unmarkToken = (id: string): string | undefined =>
  id.startsWith(mark) ? id.slice(mark.length) : undefined;

/** What the engine itself asks: also of a JWE, and of what only begins like a JWT. */
function looksLikeJwt(token: string): boolean {
  try {
    decodeProtectedHeader(token);
    return true;
  } catch {
    return false;
  }
}
