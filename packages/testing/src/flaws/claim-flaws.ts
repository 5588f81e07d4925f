import { nowSeconds } from '../clock/clock.js';
import { signJwt } from '../tokens/sign-jwt.js';
import type { Forge } from './forge.js';

/** Far beyond any clock tolerance. */
const HOUR_SECONDS = 3600;

const now = (forge: Forge) => nowSeconds(forge.profile.clock);

/** Correctly signed tokens with a wrong claim. */
export const claimFlaws = {
  /** Its `exp` is one hour past (RFC 7519 §4.1.4). */
  expired: (forge: Forge) => forge.withClaims({ iat: now(forge) - 2 * HOUR_SECONDS, exp: now(forge) - HOUR_SECONDS }),
  /** Its `nbf` is one hour ahead (RFC 7519 §4.1.5). */
  notYetValid: (forge: Forge) =>
    forge.withClaims({ nbf: now(forge) + HOUR_SECONDS, exp: now(forge) + 2 * HOUR_SECONDS }),
  /** Its `iat` is one hour ahead (RFC 7519 §4.1.6: the time at which it was issued). */
  issuedInFuture: (forge: Forge) =>
    forge.withClaims({ iat: now(forge) + HOUR_SECONDS, exp: now(forge) + 2 * HOUR_SECONDS }),
  /** Meant for another recipient (RFC 7519 §4.1.3). */
  wrongAudience: (forge: Forge) => forge.withClaims({ aud: 'client_01TESTELSEWHERE0000000000' }),
  /** Names no recipient (RFC 9068 §2.2: `aud` is required). */
  missingAudience: (forge: Forge) => forge.withClaims({}, ['aud']),
  /** Names another issuer under this issuer's signature (RFC 7519 §4.1.1, RFC 9068 §4). */
  wrongIssuer: (forge: Forge) => forge.withClaims({ iss: 'https://other-issuer.test' }),
  /** Names no issuer (RFC 9068 §2.2: `iss` is required). */
  missingIssuer: (forge: Forge) => forge.withClaims({}, ['iss']),
  /** Never expires (RFC 9068 §2.2: `exp` is required). */
  missingExpiry: (forge: Forge) => forge.withClaims({}, ['exp']),
  /** Its `exp` is a string of digits (RFC 7519 §4.1.4: it must be a number). */
  textExpiry: (forge: Forge) => forge.withClaims({ exp: String(now(forge) + HOUR_SECONDS) }),
  /** Its `exp` is `1e999`, which JSON.parse reads as Infinity (RFC 7519 §2, NumericDate; RFC 8259 §6). */
  infiniteExpiry: (forge: Forge) => {
    const payload = JSON.stringify(forge.claims()).replace(/"exp":\d+/, '"exp":1e999');
    return signJwt(forge.header(), payload, forge.key);
  },
  /** Has no subject (RFC 9068 §2.2: `sub` is required). */
  missingSubject: (forge: Forge) => forge.withClaims({}, ['sub']),
  /** Its `org_id` is an empty string, which names no organization (Connect's token claims). */
  emptyOrg: (forge: Forge) => forge.withClaims({ org_id: '' }),
  /** Its `scope` is a number (RFC 8693 §4.2: a string of scopes). */
  scopeNotText: (forge: Forge) => forge.withClaims({ scope: 7 }),
};
