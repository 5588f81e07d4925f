import type { ClaimProfile } from '../claims/claim-rules.js';
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
  const clientId = claims.client_id ?? claims.azp ?? (actor.type === 'client' ? actor.id : undefined);
  const auth = {
    issuer: claims.iss,
    subject: claims.sub,
    actor,
    ...(actor.type === 'user' && { userId: actor.id }),
    ...(clientId !== undefined && { clientId }),
    ...(claims.org_id !== undefined && { orgId: claims.org_id }),
    ...(claims.sid !== undefined && { sessionId: claims.sid }),
    scopes: toScopeSet(claims.scope),
    ...(claims.jti !== undefined && { tokenId: claims.jti }),
    ...(claims.iat !== undefined && { issuedAt: claims.iat }),
    expiresAt: claims.exp,
    claims: deepFreeze(claims),
    verifiedBy,
  };
  Object.defineProperty(auth, 'token', { value: token, enumerable: false });
  return Object.freeze(auth) as typeof auth & { token: string };
}

function actorOf(claims: ValidClaims, profile: ClaimProfile): Actor {
  const type = isClient(claims, profile) ? 'client' : 'user';
  return Object.freeze({ type, id: claims.sub });
}

/**
 * RFC 9068 §2.2: where no resource owner is involved, `sub` is the client. Connect's M2M tokens keep to that, but may
 * leave `client_id` out; theirs is the only `sub` of that prefix, and they come from no consent.
 */
function isClient({ sub, client_id, azp, sid }: ValidClaims, profile: ClaimProfile): boolean {
  if (sid !== undefined) return false;
  return sub === (client_id ?? azp) || (profile === 'connect' && sub.startsWith('client_'));
}
