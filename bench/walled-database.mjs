import { randomBytes } from 'node:crypto';
import { contextSql, rolesSql, sealKeySql, wallSql } from '@connect-auth/postgres';
import pg from 'pg';
import { createScratchDatabase } from './scratch-database.mjs';

export const organizations = 100;
export const rowsEach = 1000;

/**
 * One table of projects in four schemas, with the same rows: `bound` and `sealed` behind a wall, `plain` with the same
 * primary key and no wall, `by_id` without a wall and with the primary key that such a table mostly has.
 */
export async function createWalledDatabase() {
  const database = await createScratchDatabase();
  const [owner, runtime] = ['owner', 'user'].map((each) => `${database.name}_${each}`);
  database.roles.push(owner, runtime);
  const seal = { kid: 'bench', key: randomBytes(32) };
  const url = new URL(database.url);
  url.username = runtime;
  url.password = randomBytes(16).toString('hex');
  const administrator = new pg.Client({ connectionString: database.url.href });
  // The query that was under way says so, too.
  administrator.on('error', () => undefined);
  await administrator.connect();
  try {
    await administrator.query(rolesSql({ owner, runtime }));
    await administrator.query(`ALTER ROLE ${runtime} PASSWORD '${url.password}'`);
    for (const schema of ['plain', 'by_id']) await administrator.query(`CREATE SCHEMA ${schema}`);
    await administrator.query(contextSql({ schema: 'bound', owner, runtime }));
    const sealed = { schema: 'sealed', privateSchema: 'sealed_private' };
    await administrator.query(contextSql({ mode: 'sealed', ...sealed, owner, runtime }));
    const { text, values } = sealKeySql({ ...seal, privateSchema: sealed.privateSchema });
    await administrator.query(text, values);
    for (const schema of ['plain', 'by_id', 'bound', 'sealed']) {
      await administrator.query(tableSql(schema, { owner, runtime }));
      if (schema === 'plain' || schema === 'by_id') continue;
      await administrator.query(wallSql({ schema, table: 'project', contextSchema: schema, runtime }));
    }
    // Not while they are measured.
    await administrator.query('VACUUM ANALYZE');
    await administrator.query('CHECKPOINT');
  } catch (error) {
    await database.drop();
    throw error;
  } finally {
    await administrator.end();
  }
  return { url, seal, drop: database.drop };
}

/** The ids are those of `projectOf`. */
const tableSql = (schema, { owner, runtime }) => `
  CREATE TABLE ${schema}.project (
    org_id text NOT NULL, id text NOT NULL, name text NOT NULL, status text NOT NULL,
    budget_cents bigint NOT NULL, created_at timestamptz NOT NULL,
    PRIMARY KEY (${schema === 'by_id' ? 'id' : 'org_id, id'})
  );
  INSERT INTO ${schema}.project
  SELECT 'org_' || org, 'project_' || org || '_' || number, 'Project ' || number, 'active', number * 100, now()
  FROM generate_series(0, ${organizations - 1}) AS org, generate_series(0, ${rowsEach - 1}) AS number;
  ALTER TABLE ${schema}.project OWNER TO ${owner};
  GRANT USAGE ON SCHEMA ${schema} TO ${runtime};
  GRANT SELECT ON ${schema}.project TO ${runtime}`;

/** Some row, another for each number. */
export function projectOf(number) {
  const row = (number * 7919) % (organizations * rowsEach);
  const org = Math.floor(row / rowsEach);
  return { orgId: `org_${org}`, id: `project_${org}_${row % rowsEach}` };
}
