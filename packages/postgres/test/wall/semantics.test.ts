import { afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Session } from '../kit/engine.js';
import { describeEngines } from '../kit/engines.js';
import { attempt, bindStatement, createTables, inOrg } from '../kit/two-tables.js';

for (const mode of ['bound', 'sealed'] as const) {
  await describeEngines(`a ${mode} wall`, (engine) => {
    let session: Session;
    const inA = <Result>(work: (session: Session) => Promise<Result>) => inOrg(session, 'org_A', work, { mode });
    const inB = <Result>(work: (session: Session) => Promise<Result>) => inOrg(session, 'org_B', work, { mode });
    const countIn = async (table: string) => (await session.query(`SELECT id FROM app.${table}`)).rows.length;
    const messageOf = (text: string) =>
      inA((own) =>
        own.query(text).catch((error: Error & { detail?: string }) => ({ ...error, message: error.message })),
      );

    beforeAll(async () => {
      await createTables(engine(), { mode });
      session = await engine().connect();
      await inA((own) => own.query("INSERT INTO app.project (id, name) VALUES ('p1', 'apollo')"));
      await inB((own) => own.query("INSERT INTO app.project (id, name) VALUES ('p1', 'gemini'), ('p2', 'vostok')"));
    });

    afterEach(() => session.query('ROLLBACK'));

    test('the session is one that row-level security holds', async () => {
      const { rows } = await session.query("SELECT row_security_active('app.project') AS active");
      expect(rows).toEqual([{ active: true }]);
    });

    test('an insert gets the organization by default, and is read again', async () => {
      expect(await inA(async (own) => (await own.query('SELECT org_id, name FROM app.project')).rows)).toEqual([
        { org_id: 'org_A', name: 'apollo' },
      ]);
    });

    test.each([
      ['an insert for another organization', "INSERT INTO app.project (org_id, id) VALUES ('org_B', 'x')"],
      ['a row that is moved to another organization', "UPDATE app.project SET org_id = 'org_B'"],
      [
        'an insert that looks for a conflict there',
        "INSERT INTO app.project (org_id, id) VALUES ('org_B', 'p1') ON CONFLICT DO NOTHING",
      ],
    ])('%s fails with 42501', async (_, text) => {
      expect(await inA((own) => own.query(text))).toBe('42501');
    });

    test.each([
      ['UPDATE', "UPDATE app.project SET name = 'taken' WHERE org_id = 'org_B'"],
      ['UPDATE by id', "UPDATE app.project SET name = 'taken' WHERE id = 'p2'"],
      ['DELETE', "DELETE FROM app.project WHERE org_id = 'org_B'"],
      [
        'MERGE',
        `MERGE INTO app.project USING (VALUES ('org_B', 'p1')) AS v (o, i) ON org_id = o AND id = i
         WHEN MATCHED THEN DELETE`,
      ],
    ])('%s at the rows of another organization touches none', async (_, text) => {
      expect(await inA(async (own) => (await own.query(text)).affectedRows)).toBe(0);
      expect(await inB(() => countIn('project'))).toBe(2);
    });

    test('a reference to a foreign row and one to a missing row fail alike, with 23503', async () => {
      expect(await inA((own) => own.query("INSERT INTO app.task (id, project_id) VALUES ('t', 'p2')"))).toBe('23503');
      const foreign = await messageOf("INSERT INTO app.task (id, project_id) VALUES ('t', 'p2')");
      const missing = await messageOf("INSERT INTO app.task (id, project_id) VALUES ('t', 'p9')");
      expect(JSON.stringify(foreign).replaceAll('p2', 'p9')).toBe(JSON.stringify(missing));
    });

    test('a deleted row takes along its own, and nobody else’s', async () => {
      await inA((own) => own.query("INSERT INTO app.task (id, project_id) VALUES ('t1', 'p1')"));
      await inB((own) => own.query("INSERT INTO app.task (id, project_id) VALUES ('t1', 'p1')"));
      await inB((own) => own.query("DELETE FROM app.project WHERE id = 'p1'"));
      expect(await inA(() => countIn('task'))).toBe(1);
      expect(await inB(() => countIn('task'))).toBe(0);
      await inB((own) => own.query("INSERT INTO app.project (id, name) VALUES ('p1', 'gemini')"));
    });

    test('the same id in two organizations is no conflict', async () => {
      expect(
        await inA(async (own) => (await own.query("INSERT INTO app.project (id) VALUES ('p2')")).affectedRows),
      ).toBe(1);
      await inA((own) => own.query("DELETE FROM app.project WHERE id = 'p2'"));
    });

    test.each([
      'SELECT * FROM app.project',
      "SELECT * FROM app.project WHERE id = 'none'",
      "INSERT INTO app.project (id) VALUES ('x')",
      "UPDATE app.project SET name = 'x'",
      'DELETE FROM app.project',
      'SELECT app.org_id()',
      'SELECT app.readable_orgs()',
    ])('%s without an organization fails with OR401', async (text) => {
      const fresh = await engine().connect();
      expect(await attempt(fresh, text)).toBe('OR401');
      await fresh.close();
      expect(await attempt(session, text)).toBe('OR401');
    });

    test('what a transaction bound is over with it', async () => {
      await inA(() => countIn('project'));
      expect(await attempt(session, 'SELECT * FROM app.project')).toBe('OR401');
      await session.query('BEGIN');
      expect(await attempt(session, 'SELECT * FROM app.project')).toBe('OR401');
      await session.query('ROLLBACK');
    });

    test('settings that were left on the session are nobody’s', async () => {
      const names = ['app.org_id', 'app.readable_orgs', 'app.org_tx', 'app.org_seal'];
      const left = await inA(async (own) => {
        const values: string[] = [];
        for (const name of names) {
          const { rows } = await own.query('SELECT current_setting($1, true) AS value', [name]);
          values.push(String(rows[0]?.value ?? ''));
        }
        return values;
      });
      for (const [at, name] of names.entries())
        await session.query('SELECT set_config($1, $2, false)', [name, left[at]]);
      expect(await attempt(session, 'SELECT * FROM app.project')).toBe('OR401');
      expect(await inB(() => countIn('project'))).toBe(2);
      expect(await attempt(session, 'SELECT * FROM app.project')).toBe('OR401');
      await session.query('RESET ALL');
    });

    test.each([[''], [null]])('an organization of %j fails with OR400', async (orgId) => {
      expect(await attempt(session, 'SELECT app.bind_org($1)', [orgId])).toBe('OR400');
    });

    test('a rolled-back savepoint takes its organization along', async () => {
      const names = await inA(async (own) => {
        await own.query('SAVEPOINT inner_work');
        const { text, values } = bindStatement(mode, 'org_B');
        await own.query(text, values);
        await own.query('ROLLBACK TO inner_work');
        return (await own.query('SELECT app.org_id() AS org')).rows;
      });
      expect(names).toEqual([{ org: 'org_A' }]);
    });

    test('binding works in a transaction that only reads', async () => {
      await session.query('BEGIN READ ONLY');
      const { text, values } = bindStatement(mode, 'org_B');
      await session.query(text, values);
      expect(await countIn('project')).toBe(2);
      await session.query('COMMIT');
    });

    test('a second permissive policy lets nobody see more', async () => {
      await engine().administer('CREATE POLICY wide ON app.project FOR SELECT TO PUBLIC USING (true)');
      expect(await inA(() => countIn('project'))).toBe(1);
      await engine().administer('DROP POLICY wide ON app.project');
    });

    test('the owner obeys, too', async () => {
      const asOwner = await engine().asSuperuser(async (superuser) => {
        await superuser.query(`SET ROLE ${engine().owner}`);
        try {
          const seen = await inOrg(superuser, 'org_A', (own) => own.query('SELECT id FROM app.project'), { mode });
          return [await attempt(superuser, 'SELECT * FROM app.project'), typeof seen === 'string' ? seen : seen.rows];
        } finally {
          await superuser.query('RESET ROLE');
        }
      });
      expect(asOwner).toEqual(['OR401', [{ id: 'p1' }]]);
    });

    test('COPY FROM is refused', async () => {
      expect(await inA((own) => own.query('COPY app.project (id) FROM STDIN'))).toBe('0A000');
    });

    test.each(['TRUNCATE app.project', 'CREATE TABLE app.spy (id text)'])('%s is not granted', async (text) => {
      expect(await attempt(session, text)).toBe('42501');
    });

    test('row_security = off fails, and lets nothing through', async () => {
      await session.query('BEGIN');
      await session.query('SET LOCAL row_security = off');
      expect(await attempt(session, 'SELECT * FROM app.project')).toBe('42501');
      await session.query('ROLLBACK');
    });

    test('a prepared statement answers for the organization of its execution', async () => {
      await session.query('PREPARE mine AS SELECT DISTINCT org_id FROM app.project');
      for (let round = 0; round < 7; round++) {
        expect(await inA(async (own) => (await own.query('EXECUTE mine')).rows)).toEqual([{ org_id: 'org_A' }]);
        expect(await inB(async (own) => (await own.query('EXECUTE mine')).rows)).toEqual([{ org_id: 'org_B' }]);
      }
      await session.query('DEALLOCATE mine');
    });
  });
}
