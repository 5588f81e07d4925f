import type { ValidClaims } from '../claims/valid-claims.js';

/** What a token can be revoked by, and when it was issued. An `Auth` is one. */
export interface Revocable {
  readonly tokenId?: string | undefined;
  readonly orgId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly subject: string;
  readonly issuedAt?: number | undefined;
}

/** One account of a token may name what another leaves out: each is held against the revocations. */
export const revocableOf = ({ jti, org_id, client_id, azp, sid, sub, iat }: ValidClaims): Revocable => ({
  tokenId: jti,
  orgId: org_id,
  clientId: client_id ?? azp,
  sessionId: sid,
  subject: sub,
  issuedAt: iat,
});
