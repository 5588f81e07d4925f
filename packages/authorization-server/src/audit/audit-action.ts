/** What the server puts on record: the `action` of its audit events. */
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
