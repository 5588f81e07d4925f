import { signJwt } from '../tokens/sign-jwt.js';
import type { Forge } from './forge.js';

/** Tokens whose header asks the verifier for something it must not do. */
export const headerFlaws = {
  /** Declares a critical extension that no verifier knows (RFC 7515 §4.1.11). */
  criticalHeader: (forge: Forge) => forge.withHeader({ crit: ['x'], x: true }),
  /** Carries the public key it was signed with, under a published `kid` (RFC 7515 §4.1.3, RFC 8725 §3.10). */
  embeddedKey: (forge: Forge) => {
    const { kty, n, e, crv, x, y } = forge.strangerKey.publicJwk;
    return signJwt(forge.header({ jwk: { kty, n, e, crv, x, y } }), forge.claims(), forge.strangerKey);
  },
  /** Names the URL of the key it was signed with, under a published `kid` (RFC 7515 §4.1.2, RFC 8725 §3.10). */
  remoteKey: (forge: Forge) =>
    signJwt(forge.header({ jku: 'https://attacker.test/jwks.json' }), forge.claims(), forge.strangerKey),
};
