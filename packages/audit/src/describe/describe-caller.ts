import { createHash } from 'node:crypto';
import { type Auth, findCurrentAuth } from '@connect-auth/core';
import { findFrameOrg, findOrgFrame } from '@connect-auth/core/adapter';
import type { AuditCaller, AuditCredential } from '../event/audit-event.js';

/** Describes a verified caller for an event. Holds nothing of the token itself, and its `jti` as a hash. */
export function describeAuth(auth: Auth): AuditCaller {
  return {
    ...(auth.orgId !== undefined && { org: { id: auth.orgId, source: 'token.org_id' as const } }),
    actor: { type: auth.actor.type === 'user' ? 'user' : 'm2m_client', id: auth.actor.id },
    ...(auth.clientId !== undefined && { application: { client_id: auth.clientId } }),
    credential: describeCredential(auth),
  };
}

/**
 * Describes the caller that the current work is done for: if no request asked for it, the program itself, for the
 * organization of the frame.
 */
export function describeCurrentCaller(): AuditCaller {
  const auth = findCurrentAuth();
  const orgId = findFrameOrg();
  const caller: AuditCaller =
    auth === undefined ? { actor: { type: 'system', id: findOrgFrame()?.reason ?? 'system' } } : describeAuth(auth);
  if (findOrgFrame() === undefined || orgId === undefined) return caller;
  return { ...caller, org: { id: orgId, source: 'frame' } };
}

function describeCredential(auth: Auth): AuditCredential {
  const kid = auth.verifiedBy === 'jwks' ? keyIdOf(auth.token) : undefined;
  return {
    ...(auth.tokenId !== undefined && {
      jti_sha256: createHash('sha256').update(auth.tokenId).digest('base64url'),
    }),
    ...(kid !== undefined && { kid }),
    ...(auth.issuedAt !== undefined && { iat: auth.issuedAt }),
    exp: auth.expiresAt,
  };
}

/** Reads the key id from the header of a token whose signature, and so whose header, was verified. */
function keyIdOf(token: string | undefined): string | undefined {
  try {
    const header = JSON.parse(Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return typeof header?.kid === 'string' ? header.kid : undefined;
  } catch {
    return undefined; // A custom verifier may accept a token that is not a JWT.
  }
}
