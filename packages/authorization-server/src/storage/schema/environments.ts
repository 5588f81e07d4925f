import { primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { connectAuth, moment } from './schema.js';

/** The environments, which every other table refers to. A server works for one of them. */
export const environments = connectAuth.table(
  'environments',
  {
    id: text('id').notNull(),
    /** The audience of access tokens that are requested without a resource indicator. */
    clientId: text('client_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.id] }), unique('environments_client_id').on(table.clientId)],
);
