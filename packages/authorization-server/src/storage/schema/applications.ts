import { boolean, foreignKey, index, jsonb, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { bytes, connectAuth, identifier, moment } from './schema.js';

export interface RedirectUri {
  readonly uri: string;
  /** Used if an authorization request names none. */
  readonly default: boolean;
}

export const applications = connectAuth.table(
  'applications',
  {
    environmentId: text('environment_id').notNull(),
    id: identifier('id').notNull(),
    clientId: text('client_id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    applicationType: text('application_type').$type<'oauth' | 'm2m'>().notNull(),
    isFirstParty: boolean('is_first_party').notNull(),
    /** Marks a public client, which has PKCE instead of credentials. */
    usesPkce: boolean('uses_pkce').notNull(),
    wasDynamicallyRegistered: boolean('was_dynamically_registered').notNull(),
    /** Without a foreign key: organizations may live in another system. */
    organizationId: text('organization_id'),
    redirectUris: jsonb('redirect_uris').$type<readonly RedirectUri[]>().notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.id] }),
    unique('applications_client_id').on(table.environmentId, table.clientId),
    index('applications_organization').on(table.environmentId, table.organizationId),
  ],
);

export const clientSecrets = connectAuth.table(
  'client_secrets',
  {
    environmentId: text('environment_id').notNull(),
    id: identifier('id').notNull(),
    applicationId: text('application_id').notNull(),
    /** SHA-256, or HMAC-SHA-256 if there is a pepper. */
    hash: bytes('hash').notNull(),
    hint: text('hint').notNull(),
    lastUsedAt: moment('last_used_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.id] }),
    index('client_secrets_application').on(table.environmentId, table.applicationId),
    foreignKey({
      name: 'client_secrets_application',
      columns: [table.environmentId, table.applicationId],
      foreignColumns: [applications.environmentId, applications.id],
    }).onDelete('cascade'),
  ],
);
