import type { JsonObject } from './sign-jwt.js';

/** The issuer's record of a token that it issued. */
export interface IssuedToken {
  readonly tokenType: 'access_token' | 'refresh_token';
  /** The application it was issued to, whether or not the token names it. */
  readonly clientId: string;
  readonly claims: JsonObject;
  /** Members merged over the introspection response. */
  readonly answer?: JsonObject;
}

/** The tokens that introspection knows, by their exact text: a changed token is unknown. */
export interface TokenRegister {
  readonly add: (token: string, issued: IssuedToken) => void;
  readonly find: (token: string) => IssuedToken | undefined;
  readonly revoke: (token: string) => void;
}

export function createTokenRegister(): TokenRegister {
  const issued = new Map<string, IssuedToken>();
  return {
    add: (token, record) => {
      issued.set(token, record);
    },
    find: (token) => issued.get(token),
    revoke: (token) => {
      issued.delete(token);
    },
  };
}
