import { type AuditEvent, createAuditTrail, PartialWriteError } from '@connect-auth/audit';
import { crossOrg, withOrg } from '@connect-auth/isolation';
import {
  auditTableSql,
  contextSql,
  OrgPool,
  postgresSink,
  verifyAuditChain,
  verifyWalls,
} from '@connect-auth/postgres';
import { createDatabaseWithRoles, describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';

const happening = (org: string, action = 'project.read') => ({
  org: { id: org, source: 'token.org_id' as const },
  actor: { type: 'user' as const, id: 'user_1' },
  action,
  decision: 'allow' as const,
});

const rolesOf = ({ ownerRole, runtimeRole }: TestDatabase) => ({ owner: ownerRole, runtime: runtimeRole });

async function createAuditDatabase({ chain }: { chain: boolean }): Promise<TestDatabase> {
  const database = await createDatabaseWithRoles();
  await database.query(contextSql(rolesOf(database)));
  await database.query(auditTableSql({ ...rolesOf(database), chain }));
  return database;
}

(await describeOnPostgres(describe, 'the audit table')).each([{ chain: false }, { chain: true }])(
  'with chain: $chain',
  ({ chain }) => {
    let database: TestDatabase;
    let pool: OrgPool;

    beforeAll(async () => {
      database = await createAuditDatabase({ chain });
      // Again changes nothing.
      await database.query(auditTableSql({ ...rolesOf(database), chain }));
      pool = new OrgPool({ connectionString: database.runtimeUrl, max: 2 }, { context: 'bound' });
    });

    afterAll(async () => {
      await pool?.end();
      await database?.drop();
    });

    const openTrail = () => createAuditTrail({ sinks: [postgresSink({ pool })] });
    const inOrg = (org: string, sql: string, values?: unknown[]) => withOrg(org, () => pool.query(sql, values));
    const actionsOf = async (org: string) =>
      (await inOrg(org, `select event ->> 'action' as action from app.audit_event order by id`)).rows.map(
        ({ action }) => action,
      );
    const append = (org: string, events: unknown) =>
      inOrg(org, 'select app.audit_append($1::jsonb)', [JSON.stringify(events)]);

    test('keeps the events of each organization where that one alone reads them', async () => {
      const trail = openTrail();
      for (const org of ['org_a', 'org_b', 'org_a']) trail.record(happening(org, `seen.${org}`));
      trail.record({ actor: { type: 'anonymous', id: 'anonymous' }, action: 'request.read', decision: 'deny' });
      await trail.close();
      expect(trail.stats()).toMatchObject({ written: 3, dropped: 0, failed: 0 });
      expect([await actionsOf('org_a'), await actionsOf('org_b'), await actionsOf('org_c')]).toEqual([
        ['seen.org_a', 'seen.org_a'],
        ['seen.org_b'],
        [],
      ]);
    });

    test('has a way over the wall on record, for each organization, from within another frame', async () => {
      const audit = openTrail();
      const over = { orgs: ['org_d', 'org_e'], reason: 'invoices', grant: 'billing:all', system: 'job', audit };
      expect(await crossOrg(over, actionsOf)).toEqual([['organization.cross'], ['organization.cross']]);
      await withOrg('org_a', () => audit.write(happening('org_f')));
      expect(await actionsOf('org_f')).toEqual(['project.read']);
      await audit.close();
    });

    test('takes an event once, however often it comes', async () => {
      const events: AuditEvent[] = [];
      const trail = createAuditTrail({
        sinks: [{ name: 'keep', write: async (given) => void events.push(...given) }],
      });
      trail.record(happening('org_g'));
      await trail.close();
      const sink = postgresSink({ pool });
      for (const _time of ['first', 'again']) await sink.write(events);
      expect(await actionsOf('org_g')).toEqual(['project.read']);
    });

    test('says what was not written, where one organization’s events are', async () => {
      const whole = { ...happening('org_h'), v: 1, id: '1', occurred_at: '2026-01-01T00:00:00.000Z', targets: [] };
      const broken = { ...whole, org: { id: 'org_i', source: 'frame' }, occurred_at: 'never' };
      const refused = await postgresSink({ pool })
        .write([whole, broken] as never)
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(PartialWriteError);
      expect((refused as PartialWriteError).unwritten).toEqual([broken]);
      expect(await actionsOf('org_h')).toEqual(['project.read']);
    });

    test('takes no event of another organization, and lets the application change and remove none', async () => {
      const event = { ...happening('org_b'), id: 'x', occurred_at: '2026-01-01T00:00:00.000Z' };
      await expect(append('org_a', [event])).rejects.toMatchObject({ code: '23514' });
      // NULL is no violation of a CHECK by itself.
      const { org: _, ...ofNobody } = event;
      await expect(append('org_a', [ofNobody])).rejects.toMatchObject({ code: '23514' });
      for (const sql of [
        `update app.audit_event set event = '{}'`,
        'delete from app.audit_event',
        'truncate app.audit_event',
        ...(chain
          ? [
              'select * from app.audit_head',
              `insert into app.audit_event (id, occurred_at, event) values ('y', now(), '{}')`,
            ]
          : []),
      ]) {
        await expect(inOrg('org_a', sql)).rejects.toMatchObject({ code: '42501' });
      }
    });

    test('forgets what is appended in a transaction that is rolled back', async () => {
      await withOrg('org_j', async () => {
        const client = await pool.connect();
        const event = { ...happening('org_j'), id: 'x', occurred_at: '2026-01-01T00:00:00.000Z' };
        await client.query('begin');
        await client.query('select app.audit_append($1::jsonb)', [JSON.stringify([event])]);
        await client.query('rollback');
        client.release();
      });
      expect(await actionsOf('org_j')).toEqual([]);
    });

    test('is no hole in the walls', async () => {
      const login = new pg.Client({ connectionString: database.runtimeUrl });
      await login.connect();
      const { findings, tables } = await verifyWalls(login);
      await login.end();
      expect(findings).toEqual([]);
      expect(tables).toContain('app.audit_event');
    });
  },
);

(await describeOnPostgres(describe, 'the chain of audit events'))('the chain', () => {
  let database: TestDatabase;
  let pool: OrgPool;

  beforeAll(async () => {
    database = await createAuditDatabase({ chain: true });
    pool = new OrgPool({ connectionString: database.runtimeUrl, max: 4 }, { context: 'bound' });
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  const write = async (org: string, count: number) => {
    const trail = createAuditTrail({ sinks: [{ ...postgresSink({ pool }), maxBatch: 3 }] });
    for (let at = 1; at <= count; at += 1) trail.record(happening(org, `action.${at}`));
    await trail.close();
  };
  const verify = (org: string, since?: { length: number; head: string | undefined }) =>
    withOrg(org, () => verifyAuditChain(pool, since === undefined ? {} : { since }));

  test('holds, also where several append at once', async () => {
    await Promise.all([write('org_a', 10), write('org_a', 10), write('org_b', 3)]);
    expect(await verify('org_a')).toEqual({ length: 20, head: expect.stringMatching(/^[0-9a-f]{64}$/), broken: [] });
    expect(await verify('org_b')).toMatchObject({ length: 3, broken: [] });
    expect(await verify('org_c')).toEqual({ length: 0, head: undefined, broken: [] });
    await expect(verifyAuditChain(pool)).rejects.toMatchObject({ code: 'org_context_missing' });
  });

  test.each([
    ['an edit', `update app.audit_event set event = event || '{"action":"other"}' where org_id = $1 and seq = 5`, [5]],
    ['another time', `update app.audit_event set occurred_at = now() where org_id = $1 and seq = 7`, [7]],
    ['a deletion', `delete from app.audit_event where org_id = $1 and seq = 8`, [8, 9]],
  ])('tells of %s', async (what, sql, broken) => {
    const org = `org_${what.replaceAll(' ', '_')}`;
    await write(org, 10);
    await database.query(sql, [org]);
    expect((await verify(org)).broken).toEqual(broken);
  });

  test('tells of an end that was cut off to whoever has kept where it was', async () => {
    await write('org_cut', 10);
    const kept = await verify('org_cut');
    expect((await verify('org_cut', kept)).broken).toEqual([]);
    await database.query(`delete from app.audit_event where org_id = 'org_cut' and seq = 10`);
    expect((await verify('org_cut')).broken).toEqual([]);
    expect((await verify('org_cut', kept)).broken).toEqual([10]);
  });
});
