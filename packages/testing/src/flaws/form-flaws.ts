import { randomBytes } from 'node:crypto';
import { encodePart, signJwt } from '../tokens/sign-jwt.js';
import type { Forge } from './forge.js';

/** Strings that are not a signed JWT. */
export const formFlaws = {
  /** Five parts: an encrypted token (RFC 7516 §7.1), which a JWS verifier cannot read. */
  encrypted: (forge: Forge) => {
    const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT', kid: forge.key.kid };
    const parts = [256, 12, 200, 16].map((size) => randomBytes(size).toString('base64url'));
    return [encodePart(header), ...parts].join('.');
  },
  /** Well signed, but the payload is not JSON (RFC 7519 §7.2). */
  notJson: (forge: Forge) => signJwt(forge.header(), 'not json', forge.key),
  /** Well signed, but the payload is an array, not an object (RFC 7519 §7.2). */
  arrayPayload: (forge: Forge) => signJwt(forge.header(), [forge.claims()], forge.key),
  /** A single word: an opaque token that the issuer does not know (RFC 7519 §7.2). */
  garbage: () => 'garbage',
};
