/** Who did it: a key of the management API, a client at an OAuth endpoint, a command, or the server itself. */
export interface AuditActor {
  readonly type: 'api_key' | 'client' | 'command' | 'system' | 'custom';
  readonly id?: string;
}

export type AuditAction =
  | `api_key.${'created' | 'deleted'}`
  | `application.${'created' | 'updated' | 'deleted'}`
  | `client_secret.${'created' | 'deleted'}`
  | `organization.${'created' | 'updated' | 'deleted'}`
  | `organization_membership.${'created' | 'deleted'}`
  | `user.${'created' | 'updated' | 'deleted'}`
  | `signing_key.${'created' | 'activated' | 'retired' | 'deleted'}`
  | `token.${'issued' | 'refused' | 'revoked' | 'introspection_refused' | 'revocation_refused'}`
  | `grant.${'revoked'}`;

/** One change, or one token issued or refused. It contains neither secrets nor tokens. */
export interface AuditEvent {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  readonly action: AuditAction;
  readonly environmentId: string;
  readonly actor: AuditActor;
  /** The object that was changed, issued or refused. A token is named by the SHA-256 of its `jti`, base64url. */
  readonly target?: { readonly type: string; readonly id: string };
  readonly organizationId?: string;
  readonly clientId?: string;
  readonly userId?: string;
  /** The `X-Request-ID` of the response. */
  readonly requestId?: string;
  /** Details of the action: the names of changed fields, the scopes of a token, the reason for a refusal. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Receives events as they happen. Errors it throws are logged, and do not affect any request. */
export type AuditSink = (event: AuditEvent) => void | Promise<void>;
