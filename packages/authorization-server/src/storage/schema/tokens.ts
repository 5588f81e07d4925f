import { foreignKey, index, jsonb, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { applications } from './applications.js';
import { bytes, connectAuth, moment } from './schema.js';

/** One row for each issued access token, which makes a JWT revocable and introspection accurate. */
export const accessTokens = connectAuth.table(
  'access_tokens',
  {
    environmentId: text('environment_id').notNull(),
    jti: text('jti').notNull(),
    kind: text('kind').$type<'AccessToken' | 'ClientCredentials'>().notNull(),
    clientId: text('client_id').notNull(),
    accountId: text('account_id'),
    grantId: text('grant_id'),
    organizationId: text('organization_id'),
    /** The values that the engine needs again. Never the token. */
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.jti] }),
    index('access_tokens_client').on(table.environmentId, table.clientId),
    index('access_tokens_grant').on(table.environmentId, table.grantId),
    index('access_tokens_expiry').on(table.expiresAt),
    // Deleting an application deletes its tokens in the same moment.
    foreignKey({
      name: 'access_tokens_application',
      columns: [table.environmentId, table.clientId],
      foreignColumns: [applications.environmentId, applications.clientId],
    }).onDelete('cascade'),
  ],
);

/** The engine's other objects: grants, authorization codes, refresh tokens, sessions, interactions, seen DPoP proofs. */
export const artifacts = connectAuth.table(
  'artifacts',
  {
    environmentId: text('environment_id').notNull(),
    kind: text('kind').notNull(),
    /** SHA-256 of the identifier, which is the code or refresh token itself, and must not be readable from the table. */
    idHash: bytes('id_hash').notNull(),
    /** Without the identifier. */
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    grantId: text('grant_id'),
    uid: text('uid'),
    userCode: text('user_code'),
    clientId: text('client_id'),
    accountId: text('account_id'),
    /** The organization that the user chose for a grant. The engine does not know it, and never writes it. */
    organizationId: text('organization_id'),
    expiresAt: moment('expires_at'),
    consumedAt: moment('consumed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.kind, table.idHash] }),
    uniqueIndex('artifacts_uid').on(table.environmentId, table.kind, table.uid),
    uniqueIndex('artifacts_user_code').on(table.environmentId, table.kind, table.userCode),
    index('artifacts_grant').on(table.environmentId, table.grantId),
    index('artifacts_client').on(table.environmentId, table.clientId),
    index('artifacts_account').on(table.environmentId, table.accountId),
    index('artifacts_expiry').on(table.expiresAt),
  ],
);
