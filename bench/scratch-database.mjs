import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where PostgreSQL is asked for databases of the benches' own, by somebody who may make roles, too. */
const databaseUrl = process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** An empty database, for as long as this process lives: it is dropped where the process is told to end, too. */
export async function createScratchDatabase() {
  const name = `connect_auth_bench_${randomBytes(4).toString('hex')}`;
  const url = new URL(databaseUrl);
  url.pathname = name;
  await runAsAdministrator([`CREATE DATABASE ${name}`]);

  /** Names of roles, to be dropped with the database. */
  const roles = [];
  let dropped;
  const drop = () => {
    dropped ??= runAsAdministrator([
      `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`,
      ...roles.map((role) => `DROP ROLE IF EXISTS ${role}`),
    ]);
    return dropped;
  };
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.once(signal, () => drop().finally(() => process.exit(code)));
  }
  return { name, url, roles, drop };
}

async function runAsAdministrator(statements) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
