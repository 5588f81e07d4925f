import { type ProbeWallsOptions, probeWalls, wallSql } from '@connect-auth/postgres';
import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { describeEngines } from '../kit/engines.js';
import { testSeal } from '../kit/test-seal.js';
import { createTables, inOrg } from '../kit/two-tables.js';

const options: ProbeWallsOptions = {
  orgA: 'org_A',
  orgB: 'org_B',
  tables: [
    { table: 'project', row: { id: 'p1', name: 'apollo' } },
    { table: 'task', row: { id: 't1', project_id: 'p1' } },
  ],
};
const loosely = (value: unknown) => value as never;

for (const mode of ['bound', 'sealed'] as const) {
  await describeEngines(`a probe of ${mode} walls`, (engine) => {
    const probe = async () => {
      const leaks = await probeWalls(await engine().connect(), {
        ...options,
        ...(mode === 'sealed' ? { seal: testSeal } : {}),
      });
      return leaks.map(({ table, command }) => `${command} ${table.replaceAll('"', '')}`);
    };

    beforeAll(async () => {
      await createTables(engine(), { mode });
      const session = await engine().connect();
      for (const text of [
        "INSERT INTO app.project (id) VALUES ('own')",
        "INSERT INTO app.task (id, project_id) VALUES ('own', 'own')",
      ]) {
        await inOrg(session, 'org_B', (own) => own.query(text), { mode });
      }
    });

    beforeEach(async () => {
      for (const table of ['project', 'task']) await engine().administer(wallSql({ table, runtime: engine().runtime }));
    });

    test('finds nothing where they stand, and leaves nothing', async () => {
      expect(await probe()).toEqual([]);
      const session = await engine().connect();
      const count = async (own: typeof session) => (await own.query('SELECT 1 FROM app.project')).rows.length;
      expect(await inOrg(session, 'org_A', count, { mode })).toBe(0);
      expect(await inOrg(session, 'org_B', count, { mode })).toBe(1);
    });

    test('finds a wall that is not there', async () => {
      await engine().administer('DROP POLICY org_wall ON app.task');
      expect(await probe()).toEqual(['SELECT app.task', 'INSERT app.task', 'UPDATE app.task', 'DELETE app.task']);
    });

    test('finds the one command that has none, behind the wall of reading', async () => {
      await engine().administer(wallSql({ table: 'project', hierarchy: true, runtime: engine().runtime }));
      expect(await probe()).toEqual([]);
      await engine().administer('DROP POLICY org_wall_delete ON app.project');
      expect(await probe()).toEqual(['DELETE app.project']);
    });
  });
}

const nobody = { query: () => Promise.reject(new Error('nobody was to ask')) };

test.each([
  [{ ...options, orgB: 'org_A' }, 'orgB must be another organization'],
  [{ ...options, tables: [] }, 'tables must list a table'],
  [{ ...options, tables: [{ table: 'a' }] }, 'tables[0].row must be an object'],
  [{ ...options, tables: [{ table: 'a', row: { org_id: 'org_A' } }] }, 'tables[0].row must not have the organization'],
  [{ ...options, rows: [] }, 'rows is not an option'],
  [{ ...options, seal: 'k1' }, 'seal must be { kid, key }'],
  [{ ...options, seal: { ...testSeal, key: new Uint8Array(8) } }, 'seal.key must be 32 to 64 bytes'],
])('a probe of %j is refused', async (wrong, message) => {
  await expect(probeWalls(nobody, loosely(wrong))).rejects.toThrow(message);
});

test('a pool is no connection', async () => {
  await expect(probeWalls(new pg.Pool(), options)).rejects.toThrow('session must be one connection, and not a pool');
});
