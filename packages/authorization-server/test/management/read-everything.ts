import type { TestServer } from '../kit/open-server.js';
import { query } from '../kit/query.js';

/** Every row of every table as text, bytes in hexadecimal: what whoever has the database can read. */
export async function readEverything(server: TestServer): Promise<string> {
  const tables = await query(
    server,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(tables.map(({ name }) => query(server, `select t::text as text from ${name} t`)));
  return rows.flatMap((of) => of.map(({ text }) => text)).join('\n');
}

/** The forms in which a secret could stand there. */
export const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
};
