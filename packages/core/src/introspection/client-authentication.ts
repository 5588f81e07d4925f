import { randomUUID, sign } from 'node:crypto';
import { type Algorithm, algorithms } from '../keys/algorithms.js';
import type { JsonObject } from '../token/unverified-jwt.js';
import type { SigningKey } from './signing-key.js';

/** How this resource server authenticates at the issuer (OpenID Connect Core §9, RFC 7591 §2). */
export type ClientAuthMethod = 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt';

/** The header fields and body parameters of one request. */
interface ClientCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Makes the credentials for one request. `nowSeconds` is the time since the epoch. */
export type AuthenticateClient = (nowSeconds: number) => ClientCredentials;

/** RFC 6749 §2.3.1: the credentials as body parameters. Connect documents this method. */
export const clientSecretPost = (clientId: string, clientSecret: string): AuthenticateClient => {
  const credentials = { headers: {}, parameters: { client_id: clientId, client_secret: clientSecret } };
  return () => credentials;
};

/** RFC 6749 §2.3.1: as a Basic header, both parts form-encoded first. */
export const clientSecretBasic = (clientId: string, clientSecret: string): AuthenticateClient => {
  const userPass = [clientId, clientSecret].map(formEncode).join(':');
  const credentials = {
    headers: { authorization: `Basic ${Buffer.from(userPass).toString('base64')}` },
    parameters: {},
  };
  return () => credentials;
};

const formEncode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** RFC 7523 §2.2, §3: a JWT for the issuer that lives a minute and is used once. */
export const privateKeyJwt = (clientId: string, { key, alg, kid }: SigningKey, issuer: string): AuthenticateClient => {
  const header = encodePart({ alg, kid });
  return (nowSeconds) => {
    const claims = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID() };
    const signingInput = `${header}.${encodePart({ ...claims, iat: nowSeconds, exp: nowSeconds + 60 })}`;
    const { digest, options }: Algorithm = algorithms[alg];
    const signature = sign(digest, Buffer.from(signingInput), { key, ...options }).toString('base64url');
    return {
      headers: {},
      parameters: {
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `${signingInput}.${signature}`,
      },
    };
  };
};

const encodePart = (part: JsonObject): string => Buffer.from(JSON.stringify(part)).toString('base64url');
