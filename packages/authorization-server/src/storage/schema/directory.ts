import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, jsonb, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { connectAuth, identifier, moment } from './schema.js';

/** Names and values that the caller is free to choose. */
export type Metadata = Readonly<Record<string, string>>;

export const organizations = connectAuth.table(
  'organizations',
  {
    environmentId: text('environment_id').notNull(),
    id: identifier('id').notNull(),
    name: text('name').notNull(),
    externalId: text('external_id'),
    metadata: jsonb('metadata').$type<Metadata>().notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.id] }),
    unique('organizations_external_id').on(table.environmentId, table.externalId),
  ],
);

export const users = connectAuth.table(
  'users',
  {
    environmentId: text('environment_id').notNull(),
    id: identifier('id').notNull(),
    email: text('email').notNull(),
    emailVerified: boolean('email_verified').notNull(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    externalId: text('external_id'),
    metadata: jsonb('metadata').$type<Metadata>().notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.id] }),
    // Almost everywhere, addresses that differ only in case reach the same mailbox.
    uniqueIndex('users_email').on(table.environmentId, sql`lower(${table.email})`),
    unique('users_external_id').on(table.environmentId, table.externalId),
  ],
);

export const organizationMemberships = connectAuth.table(
  'organization_memberships',
  {
    environmentId: text('environment_id').notNull(),
    id: identifier('id').notNull(),
    userId: text('user_id').notNull(),
    organizationId: text('organization_id').notNull(),
    roleSlug: text('role_slug').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.id] }),
    unique('organization_memberships_pair').on(table.environmentId, table.userId, table.organizationId),
    index('organization_memberships_organization').on(table.environmentId, table.organizationId),
    foreignKey({
      name: 'organization_memberships_user',
      columns: [table.environmentId, table.userId],
      foreignColumns: [users.environmentId, users.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'organization_memberships_organization',
      columns: [table.environmentId, table.organizationId],
      foreignColumns: [organizations.environmentId, organizations.id],
    }).onDelete('cascade'),
  ],
);
