import type { ClaimProfile } from '../claims/claim-settings.js';
import type { ValidClaims } from '../claims/valid-claims.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { Actor, Auth } from './auth.js';
import { deepFreeze } from './deep-freeze.js';
import { toScopeSet } from './scope-set.js';

/** Stage 6: the one place where claim names become the names that applications use. */
export function toAuth(
  claims: ValidClaims,
  token: BearerToken,
  verifiedBy: Auth['verifiedBy'],
  profile: ClaimProfile,
): Auth {
  const actor = actorOf(claims, profile);
  const { client_id, azp, org_id, sid, jti, iat } = claims;
  const clientId = client_id ?? azp ?? (actor.type === 'client' ? actor.id : undefined);
  const auth: Writable<Omit<Auth, 'token'>> = {
    issuer: claims.iss,
    subject: claims.sub,
    actor,
    scopes: toScopeSet(claims.scope),
    expiresAt: claims.exp,
    claims: deepFreeze(claims),
    verifiedBy,
  };
  // A member without a claim is absent, not undefined. Assigned one by one for speed: this runs for every new token.
  if (actor.type === 'user') auth.userId = actor.id;
  if (clientId !== undefined) auth.clientId = clientId;
  if (org_id !== undefined) auth.orgId = org_id;
  if (sid !== undefined) auth.sessionId = sid;
  if (jti !== undefined) auth.tokenId = jti;
  if (iat !== undefined) auth.issuedAt = iat;
  return Object.freeze(Object.defineProperty(auth, 'token', { value: token, enumerable: false })) as Auth;
}

type Writable<Value> = { -readonly [Member in keyof Value]: Value[Member] };

function actorOf(claims: ValidClaims, profile: ClaimProfile): Actor {
  const type = isClient(claims, profile) ? 'client' : 'user';
  return Object.freeze({ type, id: claims.sub });
}

/**
 * RFC 9068 §2.2: where no resource owner is involved, `sub` is the client; Auth0 says so in `gty`. Connect's M2M tokens
 * keep to the RFC, but may leave `client_id` out; theirs is the only `sub` of that prefix, and they come from no consent.
 */
function isClient({ sub, client_id, azp, sid, gty }: ValidClaims, profile: ClaimProfile): boolean {
  if (sid !== undefined) return false;
  return (
    sub === (client_id ?? azp) || gty === 'client-credentials' || (profile === 'connect' && sub.startsWith('client_'))
  );
}
