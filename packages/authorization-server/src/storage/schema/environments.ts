import { primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { connectAuth, moment } from './schema.js';

/** Every other table names one of these. A server works for one of them. */
export const environments = connectAuth.table(
  'environments',
  {
    id: text('id').notNull(),
    /** The audience of access tokens that were asked for without a resource indicator. */
    clientId: text('client_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.id] }), unique('environments_client_id').on(table.clientId)],
);
