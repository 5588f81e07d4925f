import type { ValidClaims } from '../claims/valid-claims.js';

/** The properties by which a token can be revoked, and when it was issued. An `Auth` is one. */
export interface Revocable {
  readonly tokenId?: string | undefined;
  readonly orgId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly subject: string;
  readonly issuedAt?: number | undefined;
}

/** Reads the properties from claims. A JWT and the introspection response about it may have different ones, so each is
 * checked against the revocations. */
export const revocableOf = ({ jti, org_id, client_id, azp, sid, sub, iat }: ValidClaims): Revocable => ({
  tokenId: jti,
  orgId: org_id,
  clientId: client_id ?? azp,
  sessionId: sid,
  subject: sub,
  issuedAt: iat,
});
