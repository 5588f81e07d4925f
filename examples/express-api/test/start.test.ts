import { withOrg } from '@connect-auth/isolation';
import { rolesSql } from '@connect-auth/postgres';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openDatabase, openPostgres } from 'walled-database';
import { describeEngines } from 'walled-database/kit/describe-engines';
import { createPostgresDatabase, type PostgresDatabase } from 'walled-database/kit/postgres-database';
import { tables } from '../src/database/tables.js';
import { Projects } from '../src/projects.js';
import { acme } from '../src/sample-data.js';

const unverified = (...findings: object[]) => ({
  name: 'OrgIsolationUnverifiedError',
  findings: findings.map((finding) => expect.objectContaining(finding)),
});

await describeEngines('the API does not start', tables, (engine) => {
  test('with a table that somebody has put beside the walls', async () => {
    await engine().admin('CREATE TABLE app.note (text text)');
    await engine().admin(`GRANT SELECT ON app.note TO ${engine().runtime}`);
    await expect(engine().openAgain()).rejects.toMatchObject(
      unverified({ code: 'NO_TENANT_COLUMN', object: 'app.note' }),
    );
    await engine().admin('DROP TABLE app.note');
    // And does without it.
    const { database } = await engine().openAgain();
    const projects = await withOrg(acme, () => new Projects(database).list());
    expect(projects.map(({ id }) => id)).toEqual(['project_2', 'project_1']);
  });
});

const describeIt = await describeOnPostgres(describe, 'the start on PostgreSQL');

describeIt('on PostgreSQL', () => {
  let server: PostgresDatabase;
  beforeEach(async () => {
    server = await createPostgresDatabase();
  });
  afterEach(() => server.drop());

  const administer = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };

  test('the API does not start where a wall is missing', async () => {
    await (await openPostgres(tables, server)).close();
    await administer('DROP POLICY org_wall ON app.project');
    await expect(openPostgres(tables, { url: server.url })).rejects.toMatchObject(
      unverified({ code: 'NO_RESTRICTIVE_WALL', object: 'app.project' }),
    );
  });

  test('the API does not start with a login that no wall stops', async () => {
    await (await openPostgres(tables, server)).close();
    const asAdministrator = openPostgres(tables, { url: server.adminUrl });
    await expect(asAdministrator).rejects.toMatchObject({
      name: 'OrgIsolationUnverifiedError',
      findings: expect.arrayContaining([expect.objectContaining({ code: 'ROLE_BYPASS' })]),
    });
  });

  test('the API does not start on an empty database', async () => {
    await administer(rolesSql({ owner: server.owner, runtime: server.runtime }));
    await expect(openPostgres(tables, { url: server.url })).rejects.toThrow('names a schema that does not exist: app');
  });

  test('two that start at once prepare the database once', async () => {
    const opened = await Promise.all([openPostgres(tables, server), openPostgres(tables, server)]);
    for (const { database, close } of opened) {
      const projects = await withOrg(acme, () => new Projects(database).list());
      expect(projects.map(({ id }) => id)).toEqual(['project_2', 'project_1']);
      await close();
    }
  });

  test('a later start leaves the rows as they are', async () => {
    const first = await openPostgres(tables, server);
    await administer("DELETE FROM app.project WHERE id = 'project_2'", "UPDATE app.project SET name = 'Anvil'");
    await first.close();
    const { database, close } = await openPostgres(tables, server);
    const projects = await withOrg(acme, () => new Projects(database).list());
    await close();
    expect(projects).toEqual([{ id: 'project_1', orgId: acme, name: 'Anvil' }]);
  });
});

describe('without PostgreSQL', () => {
  test('there is PGlite, with the same rows', async () => {
    const { database, close } = await openDatabase({}, tables);
    const projects = await withOrg(acme, () => new Projects(database).list());
    await close();
    expect(projects.map(({ id }) => id)).toEqual(['project_2', 'project_1']);
  });

  test('an administrator’s login alone is a mistake', async () => {
    await expect(openDatabase({ DATABASE_ADMIN_URL: 'postgres://127.0.0.1/app' }, tables)).rejects.toThrow(
      'DATABASE_URL',
    );
  });
});
