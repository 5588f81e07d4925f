import { OrgIsolationUnverifiedError, type PostgresClient, requireWalls, verifyWalls } from '@connect-auth/postgres';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { describeEngines } from '../kit/engines.js';
import { createTables } from '../kit/two-tables.js';

const loosely = (value: unknown) => value as never;

await describeEngines('at the start', (engine) => {
  beforeAll(() => createTables(engine()));

  test('standing walls let the application start, in both modes', async () => {
    const session = await engine().connect();
    const found: unknown[] = [];
    const onFinding = (finding: unknown) => void found.push(finding);
    expect((await requireWalls(session, { mode: 'enforce' })).findings).toEqual([]);
    expect((await requireWalls(session, { mode: 'warn', onFinding })).tables).toEqual(['app.project', 'app.task']);
    expect(found).toEqual([]);
  });

  test('a hole stops it, or is told', async () => {
    await engine().administer(`GRANT TRUNCATE ON app.task TO ${engine().runtime}`);
    const session = await engine().connect();
    const found: string[] = [];
    const onFinding = ({ code }: { code: string }) => void found.push(code);
    const stopped = await requireWalls(session, { mode: 'enforce' }).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(OrgIsolationUnverifiedError);
    expect(stopped).toMatchObject({
      code: 'org_isolation_unverified',
      status: 503,
      findings: [{ code: 'TRUNCATE_GRANTED', object: 'app.task' }],
      message:
        'The organization walls are not verified: 1 findings\n' +
        '  TRUNCATE_GRANTED app.task: TRUNCATE empties the table of all organizations',
    });
    await requireWalls(session, { mode: 'warn', onFinding });
    expect(found).toEqual(['TRUNCATE_GRANTED']);

    const accept = [{ code: 'TRUNCATE_GRANTED', object: 'app.task', reason: 'emptied every night' }] as const;
    const report = await requireWalls(session, { mode: 'enforce', accept });
    expect(report.accepted.map(({ code }) => code)).toEqual(['TRUNCATE_GRANTED']);
    await engine().administer(`REVOKE TRUNCATE ON app.task FROM ${engine().runtime}`);
    expect((await verifyWalls(session, { accept })).unused).toEqual(accept);
  });

  test('a table of no organization is named, and only stands for itself', async () => {
    const { runtime } = engine();
    await engine().administer(`CREATE TABLE app."Country" (code text); GRANT SELECT ON app."Country" TO ${runtime}`);
    const session = await engine().connect();
    expect((await verifyWalls(session)).findings.map(({ object }) => object)).toEqual(['app."Country"']);
    expect((await verifyWalls(session, { global: ['app."Country"'] })).findings).toEqual([]);
    await expect(verifyWalls(session, { global: ['app.country'] })).rejects.toThrow(
      'global names a table that does not exist',
    );
    await engine().administer('ALTER TABLE app."Country" ADD org_id text NOT NULL');
    expect((await verifyWalls(session, { global: ['app."Country"'] })).findings.map(({ code }) => code)).toEqual([
      'NO_TENANT_INDEX',
      'RLS_OFF',
    ]);
    await engine().administer('DROP TABLE app."Country"');
  });

  test('a role that reaches no table has verified nothing', async () => {
    await engine().administer(`CREATE SCHEMA hollow`);
    const session = await engine().connect();
    const options = { schemas: ['hollow'], onFinding: () => undefined };
    for (const mode of ['enforce', 'warn'] as const) {
      await expect(requireWalls(session, { ...options, mode })).rejects.toThrow('the role reaches no table');
    }
  });

  test('a schema and a role that are not there are a mistake of the options', async () => {
    const session = await engine().connect();
    await expect(verifyWalls(session, { schemas: ['ap'] })).rejects.toThrow(
      'schemas names a schema that does not exist: ap',
    );
    await expect(verifyWalls(session, { role: 'nobody at all' })).rejects.toThrow(
      'role is not a role of this database',
    );
  });

  test('a context that must be sealed, and is not', async () => {
    const session = await engine().connect();
    const { findings } = await verifyWalls(session, { context: { mode: 'sealed' } });
    expect([...new Set(findings.map(({ code }) => code))]).toEqual(['CONTEXT_UNSOUND']);
  });

  test('a context of the application’s own, in walls of its own', async () => {
    const { runtime } = engine();
    await engine().administer(`CREATE SCHEMA own; GRANT USAGE ON SCHEMA own TO ${runtime};
      CREATE TABLE own.thing (org_id text NOT NULL, PRIMARY KEY (org_id));
      GRANT SELECT ON own.thing TO ${runtime};
      ALTER TABLE own.thing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY everybody ON own.thing USING (true);
      CREATE POLICY fence ON own.thing AS RESTRICTIVE USING (org_id = (SELECT current_setting('my.org')))`);
    const session = await engine().connect();
    const options = { schemas: ['own'], context: false } as const;
    const codes = async () => (await verifyWalls(session, options)).findings.map(({ code }) => code);
    expect(await codes()).toEqual([]);
    for (const hole of [
      "org_id = (SELECT current_setting('my.org')) OR org_id = 'public'",
      "org_id = coalesce((SELECT nullif(current_setting('my.org', true), '')), 'default')",
      'org_id = org_id',
      'org_id IS NOT NULL',
      "org_id = ANY (string_to_array((SELECT current_setting('my.scope')), ','))",
      'true',
    ]) {
      await engine().administer(`ALTER POLICY fence ON own.thing USING (${hole})`);
      expect([hole, await codes()]).toEqual([hole, ['NO_RESTRICTIVE_WALL']]);
    }
    await engine().administer('DROP SCHEMA own CASCADE');
  });
});

describe('what cannot be asked', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const db: PostgresClient = { query: () => Promise.reject(refused) };

  test.each(['enforce', 'warn'] as const)('is not verified, with %s', async (mode) => {
    const stopped = await requireWalls(db, { mode, onFinding: () => undefined }).catch((error: unknown) => error);
    expect(stopped).toMatchObject({ code: 'org_isolation_unverified', findings: [], cause: refused });
  });

  test.each([
    [{ mode: 'off' }, 'mode must be enforce or warn'],
    [{ mode: 'warn' }, 'onFinding must be a function'],
    [{ mode: 'enforce', onFinding: 1 }, 'onFinding must be a function'],
    [{ mode: 'enforce', schema: 'app' }, 'schema is not an option'],
    [{ mode: 'enforce', schemas: [] }, 'schemas must name a schema'],
    [
      { mode: 'enforce', accept: [{ code: 'NONE', object: 'a', reason: 'b' }] },
      'accept[0].code is not the code of a finding',
    ],
    [{ mode: 'enforce', accept: [{ code: 'MATVIEW', object: 'a' }] }, 'accept[0].reason must be a non-empty string'],
    [{ mode: 'enforce', context: true }, 'context must be an object or false'],
    [{ mode: 'enforce', context: { mode: 'open' } }, 'context.mode must be bound or sealed'],
  ])('%j is refused before that', async (options, message) => {
    await expect(requireWalls(db, loosely(options))).rejects.toThrow(message);
  });
});
