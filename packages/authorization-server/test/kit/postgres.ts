import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the tests find PostgreSQL: each opens databases of its own there. */
const adminUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

let there: Promise<boolean> | undefined;

/** Whether PostgreSQL runs here. In CI it must. */
export function hasPostgres(): Promise<boolean> {
  there ??= administer(async () => true).catch((error: unknown) => {
    if (process.env.CI === 'true') throw error;
    return false;
  });
  return there;
}

/** `describe`, or a skipped one with a line that says why. */
export async function describeOnPostgres(describe: typeof import('@jest/globals').describe, title: string) {
  if (await hasPostgres()) return describe;
  process.stdout.write(`skipped, since there is no PostgreSQL at TEST_POSTGRES_URL: ${title}\n`);
  return describe.skip;
}

export interface TestDatabase {
  readonly connectionString: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends every connection to it, and deletes it. */
  drop(): Promise<void>;
}

/** An empty database, or the copy of another one to which nobody is connected. */
export async function createDatabase(template?: string): Promise<TestDatabase> {
  const name = `connect_auth_test_${randomBytes(6).toString('hex')}`;
  const source = template === undefined ? '' : ` template ${template}`;
  await administer((client) => client.query(`create database ${name}${source}`));
  const connectionString = urlOfDatabase(name);
  return {
    connectionString,
    query: (sql, values) => connected(connectionString, async (client) => (await client.query(sql, values)).rows),
    drop: async () => {
      await administer((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** The URL of another database on the same server. */
export function urlOfDatabase(name: string): string {
  const url = new URL(adminUrl);
  url.pathname = name;
  return url.href;
}

/** Work on the server itself, beside the databases of tests. */
export const administer = <Result>(work: (client: pg.Client) => Promise<Result>) => connected(adminUrl, work);

async function connected<Result>(connectionString: string, work: (client: pg.Client) => Promise<Result>) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
