import { type RequestHead } from '@connect-auth/core';
import { authorizationValues } from '@connect-auth/core/adapter';

/** Adds further Authorization headers to a head, so that two tokens are one too many, wherever each comes from. */
export function withAuthorization({ headers, rawHeaders, url }: RequestHead, values: readonly string[]): RequestHead {
  const all = [...authorizationValues({ headers, rawHeaders }), ...values];
  return { headers: { authorization: all }, url };
}
