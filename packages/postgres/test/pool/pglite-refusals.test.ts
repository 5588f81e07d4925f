import { withOrg } from '@connect-auth/isolation';
import { compositeForeignKeySql, contextSql, orgUniqueSql, rolesSql, wallSql } from '@connect-auth/postgres';
import { OrgPglite } from '@connect-auth/postgres/pglite';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { createPglite } from '../kit/create-pglite.js';
import { hiddenRow, readRefusal, unknownReference } from '../kit/read-refusal.js';

describe('an error of PGlite', () => {
  let admin: PGlite;
  let db: OrgPglite;

  beforeAll(async () => {
    admin = await createPglite();
    await admin.exec(`${rolesSql()}; ${contextSql()};
      create table app.project (org_id text, id text not null);
      create table app.task (org_id text, project_id text);
      alter table app.project owner to app_owner;
      alter table app.task owner to app_owner;`);
    for (const table of ['project', 'task']) await admin.exec(wallSql({ table }));
    await admin.exec(orgUniqueSql({ table: 'project', columns: ['id'] }));
    const references = { table: 'project', columns: ['id'] };
    await admin.exec(compositeForeignKeySql({ table: 'task', columns: ['project_id'], references }));
    await admin.exec("insert into app.project values ('org_a', 'of_a'), ('org_b', 'of_b')");
    await admin.exec("insert into app.task values ('org_a', 'of_a')");
    db = new OrgPglite(admin, { context: 'bound' });
  });

  afterAll(() => admin?.close());

  describe.each([
    { way: 'of its own', run: (text: string) => db.query(text) },
    { way: 'below drizzle', run: (text: string) => drizzle(db.asPglite()).execute(sql.raw(text)) },
  ])('$way', ({ run }) => {
    test.each([
      { text: "insert into app.project (org_id, id) values ('org_b', 'moved')", refusal: hiddenRow },
      { text: "update app.project set org_id = 'org_b' where id = 'of_a'", refusal: hiddenRow },
      { text: "insert into app.task (project_id) values ('of_b')", refusal: unknownReference },
      { text: "insert into app.task (project_id) values ('of_nobody')", refusal: unknownReference },
      { text: "delete from app.project where id = 'of_a'", refusal: { sqlState: '23503' } },
    ])('$text', async ({ text, refusal }) => {
      expect(await readRefusal(withOrg('org_a', () => run(text)))).toEqual(refusal);
    });
  });
});
