import { OrgForbiddenError } from '@connect-auth/core';
import { withOrg } from '@connect-auth/isolation';
import { contextSql, orgRefusalOf, rolesSql, wallSql } from '@connect-auth/postgres';
import { OrgPglite } from '@connect-auth/postgres/pglite';
import type { PGlite } from '@electric-sql/pglite';
import { identifier, raw } from '@electric-sql/pglite/template';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { createPglite } from '../kit/create-pglite.js';

describe('PGlite behind the wall', () => {
  let admin: PGlite;
  let db: OrgPglite;

  beforeAll(async () => {
    admin = await createPglite();
    await admin.exec(rolesSql());
    await admin.exec(contextSql());
    await admin.exec(`
      create table app.project (org_id text, id int generated always as identity, name text, primary key (org_id, id));
      create role careless superuser;
      alter table app.project owner to app_owner;`);
    await admin.exec(wallSql({ table: 'project' }));
    await admin.exec("insert into app.project (org_id, name) values ('org_a', 'a'), ('org_b', 'b')");
    db = new OrgPglite(admin, { context: 'bound' });
  });

  afterAll(() => admin?.close());

  const select = 'select org_id from app.project';

  test('shows an organization its rows, and takes no others', async () => {
    await withOrg('org_a', async () => {
      expect((await db.query(select)).rows).toEqual([{ org_id: 'org_a' }]);
      expect((await db.sql`select org_id from app.project where name <> ${'x'}`).rows).toEqual([{ org_id: 'org_a' }]);
      expect((await db.exec(`${select}; ${select}`)).map(({ rows }) => rows.length)).toEqual([1, 1]);
      const moved = db.query("insert into app.project (org_id, name) values ('org_b', 'x')");
      expect(orgRefusalOf(await moved.catch((error) => error))).toBeInstanceOf(OrgForbiddenError);
    });
  });

  test('never works as the superuser that PGlite is', async () => {
    await withOrg('org_a', async () => {
      expect((await db.query('select current_user')).rows).toEqual([{ current_user: 'app_user' }]);
      await expect(db.query('reset role')).rejects.toMatchObject({ reason: 'role' });
      await expect(db.sql`${raw`reset role`}`).rejects.toMatchObject({ reason: 'role' });
      expect((await db.sql`select ${identifier`name`}, ${1}::int as one ${raw`from app.project`}`).rows).toEqual([
        { name: 'a', one: 1 },
      ]);
      await expect(db.exec('select 1; commit; select 2')).rejects.toMatchObject({ reason: 'several' });
      const careless = new OrgPglite(admin, { context: 'bound', role: 'careless' });
      await expect(careless.query(select)).rejects.toThrow('role');
    });
    expect((await admin.query('select current_user')).rows).toEqual([{ current_user: 'postgres' }]);
  });

  test('refuses work without a frame, or in another one', async () => {
    await expect(db.query(select)).rejects.toMatchObject({ code: 'org_context_missing' });
    let escaped: Promise<unknown> | undefined;
    let go = () => {};
    const until = new Promise<void>((resolve) => {
      go = resolve;
    });
    const outside = (transaction: { query(text: string): Promise<unknown> }) => {
      escaped = until.then(() => withOrg('org_b', () => transaction.query(select))).catch((error) => error);
    };
    let handOver: (transaction: Parameters<typeof outside>[0]) => void = () => {};
    const handedOver = new Promise<Parameters<typeof outside>[0]>((resolve) => {
      handOver = resolve;
    });
    void handedOver.then(outside).then(() => go());
    await withOrg('org_a', () =>
      db.transaction(async (transaction) => {
        handOver(transaction);
        await until;
        expect(await escaped).toMatchObject({ code: 'org_context_conflict' });
      }),
    );
  });

  test('is what drizzle works on, with savepoints and isolation levels', async () => {
    const orm = drizzle(db.asPglite());
    await withOrg('org_b', () =>
      orm.transaction(
        async (outer) => {
          await outer.execute(sql`insert into app.project (name) values ('outer')`);
          const inner = outer.transaction(async (nested) => {
            await nested.execute(sql`insert into app.project (name) values ('inner')`);
            throw new Error('no');
          });
          await expect(inner).rejects.toThrow('no');
        },
        { isolationLevel: 'serializable' },
      ),
    );
    const { rows } = await admin.query("select org_id, name from app.project where name in ('outer', 'inner')");
    expect(rows).toEqual([{ org_id: 'org_b', name: 'outer' }]);
  });

  test('answers many organizations at once, each with its own', async () => {
    const found = await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        const orgId = at % 2 === 0 ? 'org_a' : 'org_b';
        return withOrg(orgId, () => db.query<{ org_id: string }>(select)).then(({ rows }) => ({ orgId, rows }));
      }),
    );
    expect(found.filter(({ orgId, rows }) => rows.length === 0 || rows.some((row) => row.org_id !== orgId))).toEqual(
      [],
    );
  });
});
