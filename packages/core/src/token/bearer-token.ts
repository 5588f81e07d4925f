import { InvalidTokenError } from '../errors/token-errors.js';

declare const trust: unique symbol;

/** A token of bearable size. Nothing in it is believed yet. */
export type BearerToken = string & { readonly [trust]: 'BearerToken' };

/** 16 KiB, the most that Node.js takes as the head of a request by default. */
export const maxTokenLength = 16_384;

const token68 = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * Admits a token that did not come through `extractToken`. Whatever is no token at all, such as `undefined`, an empty
 * string or an array, is refused like any other bad token. Its characters are looked at where it is read.
 *
 * @throws InvalidTokenError `malformed`
 */
export function toBearerToken(token: unknown): BearerToken {
  if (typeof token !== 'string' || token === '' || token.length > maxTokenLength) {
    throw new InvalidTokenError('malformed', 'not a string of at most 16 KiB');
  }
  return token as BearerToken;
}

/** RFC 6750 §2.1, for tokens that nothing else is known of. @throws InvalidTokenError `malformed` */
export function checkToken68(token: BearerToken): void {
  if (!token68.test(token)) throw new InvalidTokenError('malformed', 'not a token68');
}
