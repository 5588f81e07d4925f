import {
  compositeForeignKeySql,
  contextSql,
  orgUniqueSql,
  rolesSql,
  verifyWalls,
  wallSql,
} from '@connect-auth/postgres';
import { expect, test } from '@jest/globals';
import { describeEngines } from '../kit/engines.js';
import { attempt } from '../kit/two-tables.js';

const names = [
  'we"ird',
  "it's",
  'Mixed Case',
  'select',
  'back\\slash',
  'dollar$wall$END $constraint$',
  'two\nlines -- and a comment',
  'x"; DROP TABLE victim; --',
  "x'); DROP TABLE victim; --",
  'é'.repeat(31),
];

await describeEngines('names of every kind', (engine) => {
  test.each(names)('%j is a name and nothing else', async (name) => {
    const { owner, runtime } = engine();
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const short = [...name].slice(0, 20).join('');
    const context = { schema: name, privateSchema: `${short}_keys` };
    await engine().administer(`CREATE TABLE IF NOT EXISTS public.victim (id text)`);
    await engine().administer(contextSql({ ...context, mode: 'sealed', owner, runtime }));
    await engine().administer(contextSql({ ...context, mode: 'bound', owner, runtime }));
    await engine().administer(
      `CREATE TABLE ${quoted}.${quoted} (${quoted} text, id text, parent text);
       ALTER TABLE ${quoted}.${quoted} OWNER TO ${owner}`,
    );
    const place = { schema: name, table: name, column: name };
    const references = { table: name, columns: ['id'] };
    for (const hierarchy of [true, false]) {
      await engine().administer(wallSql({ ...place, contextSchema: name, hierarchy, runtime }));
    }
    await engine().administer(orgUniqueSql({ ...place, columns: ['id'], name: `${short}_key` }));
    await engine().administer(orgUniqueSql({ ...place, columns: ['id'], name: `${short}_key` }));
    await engine().administer(
      compositeForeignKeySql({ ...place, columns: ['parent'], references, onDelete: 'set null' }),
    );

    const session = await engine().connect();
    const report = await verifyWalls(session, { schemas: [name], column: name, context });
    expect(report.findings).toEqual([]);
    expect(report.tables).toHaveLength(1);
    await session.query('BEGIN');
    await session.query(`SELECT ${quoted}.bind_org($1)`, [name]);
    await session.query(`INSERT INTO ${quoted}.${quoted} (id) VALUES ('1')`);
    expect((await session.query(`SELECT ${quoted} AS org FROM ${quoted}.${quoted}`)).rows).toEqual([{ org: name }]);
    await session.query('ROLLBACK');
    expect(await attempt(session, `SELECT * FROM ${quoted}.${quoted}`)).toBe('OR401');
    await session.close();
    expect(await engine().administerWith("SELECT to_regclass('public.victim') IS NOT NULL AS there", [])).toEqual([
      { there: true },
    ]);
    await engine().administer(`DROP SCHEMA ${quoted} CASCADE`);
  });

  test('roles with such names', async () => {
    const suffix = engine().runtime.slice(-8);
    const owner = `we"ird' ${suffix}`;
    const runtime = `x'; DROP "${suffix}`;
    const sql = rolesSql({ owner, runtime });
    await engine().administer(`${sql}\n${sql}`);
    const made = await engine().administerWith(
      'SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY ($1::text[]) ORDER BY rolcanlogin',
      [[owner, runtime]],
    );
    expect(made).toEqual([
      { rolname: owner, rolcanlogin: false, rolsuper: false, rolbypassrls: false },
      { rolname: runtime, rolcanlogin: true, rolsuper: false, rolbypassrls: false },
    ]);
    const quoted = `"${owner.replaceAll('"', '""')}"`;
    await engine().administer(`ALTER ROLE ${quoted} BYPASSRLS`);
    await expect(engine().administer(sql)).rejects.toThrow('must not be able to step over row-level security');
    await engine().administer(`DROP ROLE ${quoted}; DROP ROLE "${runtime.replaceAll('"', '""')}"`);
  });
});
