type Query = (sql: string) => Promise<Record<string, unknown>[]>;

/** What there is in the schema of ours, in words that every version of PostgreSQL has. */
export async function readCatalog(query: Query) {
  return {
    columns: await query(
      `select table_name, column_name, data_type, udt_name, is_nullable, column_default, datetime_precision,
         collation_name, ordinal_position
       from information_schema.columns where table_schema = 'connect_auth' order by 1, 9`,
    ),
    indexes: await query(
      `select tablename, indexname, indexdef from pg_indexes where schemaname = 'connect_auth' order by 1, 2`,
    ),
    // Of PostgreSQL 18, "not null" is a constraint too.
    constraints: await query(
      `select conrelid::regclass::text as table_name, conname, pg_get_constraintdef(oid) as definition
       from pg_constraint where connamespace = 'connect_auth'::regnamespace and contype <> 'n' order by 1, 2`,
    ),
  };
}
