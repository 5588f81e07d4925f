import { type ContextMode, compositeForeignKeySql, contextSql, sealKeySql, wallSql } from '@connect-auth/postgres';
import { createDatabaseWithRoles, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { testSeal } from '../kit/test-seal.js';

/** Five organizations, each with two projects of its own. */
export const orgs = ['org_a', 'org_b', 'org_c', 'org_d', 'org_e'] as const;

/** A database with `app.project` and `app.task` behind walls, and with rows of each organization. */
export async function createWalledDatabase({
  mode = 'bound',
  names = orgs,
}: {
  mode?: ContextMode;
  names?: readonly string[];
} = {}): Promise<TestDatabase> {
  const database = await createDatabaseWithRoles();
  const { ownerRole: owner, runtimeRole: runtime } = database;
  const references = { table: 'project', columns: ['id'] };
  // One script, since each query takes a connection of its own.
  await database.query(`${contextSql({ mode, owner, runtime })}
    create table app.project (
      org_id text not null, id bigint generated always as identity, name text not null, primary key (org_id, id));
    create table app.task (
      org_id text not null, id bigint generated always as identity, project_id bigint not null, title text not null,
      primary key (org_id, id));
    create table app.country (code text primary key);
    grant select, insert on app.country to ${runtime};
    alter table app.project owner to ${owner};
    alter table app.task owner to ${owner};
    ${compositeForeignKeySql({ table: 'task', columns: ['project_id'], references })}
    ${['project', 'task'].map((table) => wallSql({ table, runtime })).join('\n')}`);
  if (mode === 'sealed') {
    const { text, values } = sealKeySql(testSeal);
    await database.query(text, [...values]);
  }
  await database.query(
    `insert into app.project (org_id, name)
     select org, org || ' ' || number from unnest($1::text[]) as org, generate_series(1, 2) as number`,
    [names],
  );
  return database;
}

/** All rows there are, past every wall. */
export const countProjects = async (database: TestDatabase, name: string): Promise<number> =>
  Number((await database.query('select count(*) from app.project where name = $1', [name]))[0]?.count);
