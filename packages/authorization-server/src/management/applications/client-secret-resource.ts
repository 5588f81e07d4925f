import type { ClientSecret } from '../../credentials/client-secrets.js';

/** Returns a credential in WorkOS's shape, without its secret. */
export function toClientSecretResource({ id, hint, lastUsedAt, createdAt, updatedAt }: ClientSecret): object {
  return {
    object: 'connect_application_secret',
    id,
    secret_hint: hint,
    last_used_at: lastUsedAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
