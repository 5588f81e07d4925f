import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the tests find PostgreSQL: each opens databases of its own there. */
const serverUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

type Describe = typeof import('@jest/globals').describe;

let there: Promise<boolean> | undefined;

/** Whether PostgreSQL runs here. In CI it must. */
function hasPostgres(): Promise<boolean> {
  there ??= administer(async () => undefined).then(
    () => true,
    (error: unknown) => {
      if (process.env.CI !== undefined) throw error;
      return false;
    },
  );
  return there;
}

/** `describe`, or a skipped one with a line that says why. */
export async function describeOnPostgres(describe: Describe, title: string): Promise<Describe | Describe['skip']> {
  if (await hasPostgres()) return describe;
  process.stdout.write(`skipped, since there is no PostgreSQL at TEST_POSTGRES_URL: ${title}\n`);
  return describe.skip;
}

/** A database of a test's own, with nothing in it, and names for its roles. */
export interface PostgresDatabase {
  /** As the API logs in, once the role is there. */
  readonly url: string;
  readonly adminUrl: string;
  readonly owner: string;
  readonly runtime: string;
  drop(): Promise<void>;
}

export async function createPostgresDatabase(): Promise<PostgresDatabase> {
  const name = `connect_auth_test_${randomBytes(6).toString('hex')}`;
  const [owner, runtime] = [`${name}_owner`, `${name}_user`];
  await administer((server) => server.query(`CREATE DATABASE ${name}`));
  const url = new URL(serverUrl);
  url.pathname = name;
  const adminUrl = url.href;
  Object.assign(url, { username: runtime, password: '' });
  return {
    ...{ owner, runtime, adminUrl },
    url: url.href,
    drop: () =>
      administer(async (server) => {
        await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await server.query(`DROP ROLE IF EXISTS ${owner}, ${runtime}`);
      }),
  };
}

async function administer(work: (server: pg.Client) => Promise<unknown>): Promise<void> {
  const server = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 3_000 });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
