import { InvalidTokenError } from '../errors/token-errors.js';

declare const trust: unique symbol;

/** A token of acceptable size. Nothing in it is trusted yet. */
export type BearerToken = string & { readonly [trust]: 'BearerToken' };

/** 16 KiB: the largest request head that Node.js accepts by default. */
export const maxTokenLength = 16_384;

const token68 = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * Accepts a token that did not come through `extractToken`. A value that is not a token at all, such as `undefined`, an
 * empty string or an array, is refused like any other bad token. Its characters are checked where it is parsed.
 *
 * @throws InvalidTokenError `malformed`
 */
export function toBearerToken(token: unknown): BearerToken {
  if (typeof token !== 'string' || token === '' || token.length > maxTokenLength) {
    throw new InvalidTokenError('malformed', 'not a string of at most 16 KiB');
  }
  return token as BearerToken;
}

/** Checks the characters of an opaque token (RFC 6750 §2.1). @throws InvalidTokenError `malformed` */
export function checkToken68(token: BearerToken): void {
  if (!token68.test(token)) throw new InvalidTokenError('malformed', 'not a token68');
}
