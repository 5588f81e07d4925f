import { verifyWalls } from '@connect-auth/postgres';
import { beforeAll, expect, test } from '@jest/globals';
import { describeEngines } from '../kit/engines.js';
import { createTables } from '../kit/two-tables.js';

await describeEngines('what stands in a schema that nobody names', (engine) => {
  beforeAll(() => createTables(engine()));

  const verify = async (sql: string, options = {}) => {
    await engine().administer(
      `CREATE SCHEMA elsewhere; GRANT USAGE ON SCHEMA elsewhere TO ${engine().runtime}; ${sql}`,
    );
    const session = await engine().connect();
    const report = await verifyWalls(session, options).finally(() => session.close());
    await engine().administer('DROP SCHEMA elsewhere CASCADE');
    return { findings: report.findings.map(({ code, object }) => `${code} ${object}`), tables: report.tables };
  };
  const clean = { findings: [], tables: ['app.project', 'app.task'] };

  test('is of no concern if it shows nothing of the tables', async () => {
    const sql = `CREATE TABLE elsewhere.note (text text);
      CREATE VIEW elsewhere.notes AS SELECT * FROM elsewhere.note;
      CREATE MATERIALIZED VIEW elsewhere.kept AS SELECT * FROM elsewhere.notes;
      GRANT SELECT ON ALL TABLES IN SCHEMA elsewhere TO PUBLIC;
      CREATE VIEW public.numbers AS SELECT 1 AS one; GRANT SELECT ON public.numbers TO PUBLIC`;
    expect(await verify(sql)).toEqual(clean);
    await engine().administer('DROP VIEW public.numbers');
  });

  test('may be a view that reads as whoever asks', async () => {
    const sql = `CREATE VIEW elsewhere.own WITH (security_invoker) AS SELECT * FROM app.project;
      GRANT SELECT ON elsewhere.own TO PUBLIC`;
    expect(await verify(sql)).toEqual(clean);
  });

  test('may be anything that the role cannot read, for want of a grant or of its schema', async () => {
    const view = 'CREATE VIEW elsewhere.every_project AS SELECT * FROM app.project';
    expect(await verify(view)).toEqual(clean);
    const closed = `${view}; GRANT SELECT ON elsewhere.every_project TO PUBLIC;
      REVOKE USAGE ON SCHEMA elsewhere FROM ${engine().runtime}`;
    expect(await verify(closed)).toEqual(clean);
  });

  test('may be a view over a table of no organization', async () => {
    await engine().administer('CREATE TABLE app.country (code text)');
    const sql = `CREATE VIEW elsewhere.countries AS SELECT * FROM app.country;
      GRANT SELECT ON elsewhere.countries TO PUBLIC`;
    expect(await verify(sql, { global: ['app.country'] })).toEqual(clean);
    expect(await verify(sql)).toEqual({ ...clean, findings: ['VIEW_NOT_INVOKER elsewhere.countries'] });
    await engine().administer('DROP TABLE app.country');
  });

  test('may be accepted, by its name', async () => {
    const sql = `CREATE MATERIALIZED VIEW elsewhere.totals AS SELECT count(*) FROM app.project;
      GRANT SELECT ON elsewhere.totals TO PUBLIC`;
    const accept = [{ code: 'MATVIEW', object: 'elsewhere.totals', reason: 'a number of all, which is no secret' }];
    expect(await verify(sql, { accept })).toEqual(clean);
    expect(await verify(sql)).toEqual({ ...clean, findings: ['MATVIEW elsewhere.totals'] });
  });

  test('is a table of theirs if rows go there, and is listed as one', async () => {
    const { runtime, owner } = engine();
    const sql = `CREATE TABLE app.part (org_id text NOT NULL DEFAULT app.org_id(), id int) PARTITION BY RANGE (id);
      CREATE TABLE elsewhere.part_one PARTITION OF app.part FOR VALUES FROM (1) TO (2);
      ALTER TABLE app.part OWNER TO ${owner};
      GRANT SELECT ON app.part, elsewhere.part_one TO ${runtime};
      CREATE INDEX ON app.part (org_id);
      ALTER TABLE app.part ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON app.part AS RESTRICTIVE USING (org_id = (SELECT app.org_id()))`;
    expect(await verify(sql)).toEqual({
      findings: ['PARTITION_GRANTED elsewhere.part_one'],
      tables: ['app.part', 'app.project', 'app.task', 'elsewhere.part_one'],
    });
    await engine().administer('DROP TABLE app.part');
  });
});
