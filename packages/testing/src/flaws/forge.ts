import type { KeyRing } from '../keys/key-ring.js';
import type { SigningKey } from '../keys/signing-key.js';
import { grantClaims, type IssuerProfile, omitClaims } from '../tokens/grant-claims.js';
import { headerFor, type JsonObject, signJwt } from '../tokens/sign-jwt.js';
import type { GrantOptions } from '../tokens/token-options.js';

/** The good parts of a token, of which each flaw builder spoils exactly one. */
export interface Forge {
  readonly profile: IssuerProfile;
  /** The key that is published and signs good tokens. */
  readonly key: SigningKey;
  /** A key of the same algorithm that is never published. */
  readonly strangerKey: SigningKey;
  /** Returns good claims. */
  readonly claims: (options?: GrantOptions) => Record<string, unknown>;
  /** Returns the good header, with members merged over it. */
  readonly header: (members?: JsonObject) => JsonObject;
  /** Signs a token that is good except for the claims merged over it or left out. */
  readonly withClaims: (claims: JsonObject, omit?: readonly string[]) => string;
  /** Signs a token that is good except for the header members merged over it. */
  readonly withHeader: (members: JsonObject) => string;
}

/** A function that makes one kind of flawed token. */
export type FlawBuilder = (forge: Forge) => string;

/** Creates the forge. Its tokens are never registered: introspection calls all of them inactive. */
export function createForge(profile: IssuerProfile, keys: KeyRing): Forge {
  const forge: Forge = {
    profile,
    get key() {
      return keys.signingKey();
    },
    get strangerKey() {
      return keys.strangerKey(keys.signingKey().algorithm);
    },
    claims: (options) => grantClaims(profile, options),
    header: (members) => ({ ...headerFor(forge.key), ...members }),
    withClaims: (claims, omit = []) =>
      signJwt(forge.header(), omitClaims({ ...forge.claims(), ...claims }, omit), forge.key),
    withHeader: (members) => signJwt(forge.header(members), forge.claims(), forge.key),
  };
  return forge;
}
