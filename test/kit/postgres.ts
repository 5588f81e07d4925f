import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the tests find PostgreSQL: each opens databases of its own there. */
const adminUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** For a machine with much to do; where nothing listens, the refusal comes at once. */
const connectTimeoutMs = 20_000;

type Describe = typeof import('@jest/globals').describe;

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
export async function describeOnPostgres(describe: Describe, title: string): Promise<Describe | Describe['skip']> {
  if (await hasPostgres()) return describe;
  process.stdout.write(`skipped, since there is no PostgreSQL at TEST_POSTGRES_URL: ${title}\n`);
  return describe.skip;
}

export interface TestDatabase {
  /** As the superuser, whom no wall stops. */
  readonly connectionString: string;
  /** As `runtimeRole`: what an application connects with. */
  readonly runtimeUrl: string;
  /** Names for roles that go with the database; `createDatabaseWithRoles` makes them. */
  readonly ownerRole: string;
  readonly runtimeRole: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends every connection to it, and deletes it with its roles. */
  drop(): Promise<void>;
}

/** An empty database, or the copy of another one to which nobody is connected. */
export async function createDatabase(template?: string): Promise<TestDatabase> {
  const name = `connect_auth_test_${randomBytes(6).toString('hex')}`;
  const [ownerRole, runtimeRole] = [`${name}_owner`, `${name}_user`];
  const source = template === undefined ? '' : ` template ${template}`;
  await administer((server) => server.query(`create database ${name}${source}`));
  const connectionString = urlOfDatabase(name);
  return {
    ...{ connectionString, ownerRole, runtimeRole },
    runtimeUrl: urlOfDatabase(name, runtimeRole),
    query: (sql, values) => connected(connectionString, async (client) => (await client.query(sql, values)).rows),
    drop: () =>
      administer(async (server) => {
        await server.query(`drop database if exists ${name} with (force)`);
        await server.query(`drop role if exists ${ownerRole}, ${runtimeRole}`);
      }),
  };
}

/** An empty database with an owner of tables, who cannot log in, and a user of them, neither with any rights yet. */
export async function createDatabaseWithRoles(): Promise<TestDatabase> {
  const database = await createDatabase();
  const { ownerRole, runtimeRole } = database;
  await administer(async (server) => {
    await server.query(`create role ${ownerRole} nologin`);
    await server.query(`create role ${runtimeRole} login nosuperuser nobypassrls nocreatedb nocreaterole`);
  });
  return database;
}

/** The URL of another database on the same server, by default as the superuser. */
export function urlOfDatabase(name: string, user?: string): string {
  const url = new URL(adminUrl);
  url.pathname = name;
  if (user !== undefined) Object.assign(url, { username: user, password: '' });
  return url.href;
}

/** Work on the server itself, beside the databases of tests. */
export const administer = <Result>(work: (server: pg.Client) => Promise<Result>) => connected(adminUrl, work);

async function connected<Result>(connectionString: string, work: (client: pg.Client) => Promise<Result>) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectTimeoutMs });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
