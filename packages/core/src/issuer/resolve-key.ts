import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import type { VerificationKey } from '../keys/verification-key.js';
import type { JwtHeader } from '../token/unverified-jwt.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/** Returns the key for a header, or `undefined` if the keys cannot be had and the token is to be introspected instead. */
export async function resolveKey(issuer: TrustedIssuer, header: JwtHeader): Promise<VerificationKey | undefined> {
  try {
    return await issuer.keys.resolve(header);
  } catch (error) {
    if (error instanceof IssuerUnavailableError && issuer.acceptsByIntrospection) return undefined;
    throw error;
  }
}
