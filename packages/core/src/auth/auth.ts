import type { JsonObject } from '../token/unverified-jwt.js';

/** The actor: a user through an application, or an application for itself. */
export interface Actor {
  readonly type: 'user' | 'client';
  /** The user's or the client's identifier. */
  readonly id: string;
}

/** The contents of a verified access token. Frozen; one object per token, shared by all requests that carry it. */
export interface Auth {
  /** The issuer's identifier (`iss`). */
  readonly issuer: string;
  /** `sub`: the user's identifier, or the client's where it acts for itself. */
  readonly subject: string;
  readonly actor: Actor;
  /** The user, if the token acts for one. */
  readonly userId?: string;
  /** The application that presents the token (`client_id`), if the token or its class says so. */
  readonly clientId?: string;
  /** The organization that the token acts for (`org_id`). */
  readonly orgId?: string;
  /** The login or consent that the token comes from (`sid`). */
  readonly sessionId?: string;
  /** The granted scopes; empty if the token names none. Read-only. */
  readonly scopes: ReadonlySet<string>;
  /** `jti`. */
  readonly tokenId?: string;
  /** `iat`, in seconds since the epoch. */
  readonly issuedAt?: number;
  /** `exp`, in seconds since the epoch. */
  readonly expiresAt: number;
  /** All claims as the issuer wrote them, deeply frozen. */
  readonly claims: JsonObject;
  /** How the claims were verified: by a signature checked here, or by the issuer's introspection response. */
  readonly verifiedBy: 'jwks' | 'introspection';
  /** The token itself, for calls on behalf of its owner. Not enumerable, so that it does not appear in logs or JSON. */
  readonly token: string;
}
