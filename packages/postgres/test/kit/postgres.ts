import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the tests find PostgreSQL: each opens databases of its own there. */
const adminUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

let there: Promise<boolean> | undefined;

/** Whether PostgreSQL runs here. In CI it must. */
function hasPostgres(): Promise<boolean> {
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
  /** As the superuser, whom no wall stops. */
  readonly connectionString: string;
  /** As `runtimeRole`: what an application connects with. */
  readonly runtimeUrl: string;
  /** Owns the tables. It cannot log in. */
  readonly ownerRole: string;
  /** Neither superuser nor BYPASSRLS. It has no rights yet. */
  readonly runtimeRole: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends every connection to it, and deletes it with its roles. */
  drop(): Promise<void>;
}

/** An empty database with two roles of its own. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `connect_auth_test_${randomBytes(6).toString('hex')}`;
  const ownerRole = `${name}_owner`;
  const runtimeRole = `${name}_user`;
  await administer(async (client) => {
    await client.query(`create database ${name}`);
    await client.query(`create role ${ownerRole} nologin`);
    await client.query(`create role ${runtimeRole} login nosuperuser nobypassrls nocreatedb nocreaterole`);
  });
  const url = new URL(adminUrl);
  url.pathname = name;
  const connectionString = url.href;
  url.username = runtimeRole;
  url.password = '';
  return {
    connectionString,
    runtimeUrl: url.href,
    ownerRole,
    runtimeRole,
    query: (sql, values) => connected(connectionString, async (client) => (await client.query(sql, values)).rows),
    drop: async () => {
      await administer(async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
        await client.query(`drop role if exists ${ownerRole}, ${runtimeRole}`);
      });
    },
  };
}

const administer = <Result>(work: (client: pg.Client) => Promise<Result>) => connected(adminUrl, work);

async function connected<Result>(connectionString: string, work: (client: pg.Client) => Promise<Result>) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
