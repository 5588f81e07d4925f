import { createHash, randomUUID } from 'node:crypto';
import { defaultUserId } from '../clients/test-client.js';
import { createUlid } from '../keys/ulid.js';
import { omitClaims } from '../tokens/grant-claims.js';
import { type JsonObject, signJwt } from '../tokens/sign-jwt.js';
import type { Forge } from './forge.js';

const thumbprint = () => createHash('sha256').update(randomUUID()).digest('base64url');

function signForUser(forge: Forge, claims: JsonObject, omit: readonly string[] = [], header: JsonObject = {}): string {
  const payload = omitClaims({ ...forge.claims({ user: defaultUserId }), ...claims }, omit);
  return signJwt(forge.header(header), payload, forge.key);
}

/** Tokens of the same issuer and key that are good, but are not plain Bearer access tokens (RFC 8725 §2.8 and §3.12). */
export const tokenClassFlaws = {
  /** An ID token for this audience: `nonce`, no `scope` (OpenID Connect Core 1.0 §2). */
  idToken: (forge: Forge) =>
    signForUser(forge, { nonce: randomUUID(), email: 'ada@acme.test' }, ['scope', 'client_id']),
  /** An AuthKit session token: its `sid` is a session's, not a consent's. */
  sessionToken: (forge: Forge) =>
    signForUser(forge, { sid: `session_${createUlid(forge.profile.clock.now())}`, role: 'member' }),
  /** A refresh token in the form of a JWT: its payload says `token_type` refresh_token (RFC 6749 §1.5, RFC 7662 §2.2). */
  refreshTokenJwt: (forge: Forge) => signForUser(forge, { token_type: 'refresh_token' }),
  /** A logout token: `typ` logout+jwt, and `events` (OpenID Connect Back-Channel Logout 1.0 §2.4). */
  logoutToken: (forge: Forge) =>
    signForUser(
      forge,
      {
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        sid: `app_consent_${createUlid(forge.profile.clock.now())}`,
      },
      ['scope', 'client_id'],
      { typ: 'logout+jwt' },
    ),
  /** Bound to a DPoP key by `cnf.jkt`, and sent as a plain Bearer token (RFC 9449 §6.1 and §7.2). */
  senderConstrainedDpop: (forge: Forge) => forge.withClaims({ cnf: { jkt: thumbprint() } }),
  /** Bound to a client certificate by `cnf.x5t#S256`, and sent without it (RFC 8705 §3.1). */
  senderConstrainedCertificate: (forge: Forge) => forge.withClaims({ cnf: { 'x5t#S256': thumbprint() } }),
};
