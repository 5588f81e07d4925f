import { contextSql, verifyWalls } from '@connect-auth/postgres';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openPostgres } from '../kit/engine.js';
import { describeEngines } from '../kit/engines.js';
import { holesElsewhere } from '../kit/hole-elsewhere.js';
import { seededHoles } from '../kit/seeded-hole.js';
import { createTables, inOrg } from '../kit/two-tables.js';

test('there is a seeded hole of each kind but the one that depends on who asks', () => {
  const kinds = new Set(seededHoles.map(({ code }) => code));
  expect(kinds.size).toBe(25);
});

await describeEngines('a seeded hole', (engine) => {
  beforeAll(() => createTables(engine()));

  const ask = async (isAskedByName = false) => {
    if (isAskedByName) return engine().asSuperuser((session) => verifyWalls(session, { role: engine().runtime }));
    const session = await engine().connect();
    try {
      return await verifyWalls(session);
    } finally {
      await session.close();
    }
  };

  test.each([...seededHoles, ...holesElsewhere])(
    '$code: $hole',
    async ({ code, open, close, object, besides = [], isAskedByName }) => {
      await engine().administer(open(engine()));
      const { findings } = await ask(isAskedByName).finally(() => engine().administer(close(engine())));
      expect(findings.map((finding) => `${finding.code} ${finding.object}`)).toEqual(
        [`${code} ${object(engine())}`, ...besides].sort(),
      );
      expect(findings[0]?.detail).toMatch(/\S/);
      expect(findings[0]?.remedy).toMatch(/\S/);
      expect((await ask(isAskedByName)).findings).toEqual([]);
    },
  );

  test('ROW_SECURITY_INACTIVE: a superuser who asks as himself', async () => {
    const { findings } = await engine().asSuperuser((session) => verifyWalls(session));
    expect(findings.map(({ code, object }) => `${code} ${object}`)).toEqual([
      'ROLE_BYPASS postgres',
      'ROW_SECURITY_INACTIVE app.project',
      'ROW_SECURITY_INACTIVE app.task',
    ]);
  });

  test('CONTEXT_UNSOUND: keys that the role can read', async () => {
    const { owner, runtime } = engine();
    await engine().administer(contextSql({ mode: 'sealed', owner, runtime }));
    expect((await ask()).findings).toEqual([]);
    await engine().administer(`GRANT SELECT (kid) ON app_private.seal_key TO ${runtime}`);
    await engine().administer(`GRANT EXECUTE ON FUNCTION app_private.compute_mac(text, text) TO ${runtime}`);
    const { findings } = await ask();
    expect(findings.map(({ code, object }) => `${code} ${object}`)).toEqual([
      'CONTEXT_UNSOUND app_private.compute_mac(text, text)',
      'CONTEXT_UNSOUND app_private.seal_key',
    ]);
    await engine().administer(contextSql({ mode: 'sealed', owner, runtime }));
    expect((await ask()).findings).toEqual([]);
    for (const [open, close] of [
      [
        `CREATE ROLE ${runtime}_keeper; ALTER ROLE ${runtime} NOINHERIT; GRANT ${runtime}_keeper TO ${runtime};
         GRANT SELECT ON app_private.seal_key TO ${runtime}_keeper`,
        `DROP OWNED BY ${runtime}_keeper; DROP ROLE ${runtime}_keeper; ALTER ROLE ${runtime} INHERIT`,
      ],
      [`ALTER SCHEMA app_private OWNER TO ${runtime}`, `ALTER SCHEMA app_private OWNER TO ${owner}`],
      [`GRANT CREATE ON SCHEMA app_private TO ${runtime}`, `REVOKE CREATE ON SCHEMA app_private FROM ${runtime}`],
    ] as const) {
      await engine().administer(open);
      const found = (await ask().finally(() => engine().administer(close))).findings;
      expect(found.map(({ code, object }) => `${code} ${object}`)).toEqual(['CONTEXT_UNSOUND app_private.seal_key']);
    }
    await engine().administer(contextSql({ owner, runtime }));
    const session = await engine().connect();
    expect(await inOrg(session, 'org_A', async () => 'bound')).toBe('bound');
  });
});

(await describeOnPostgres(describe, 'a superuser’s session'))('a session', () => {
  test('ROLE_MEMBER_BYPASS: opened by a superuser, who is one RESET ROLE away', async () => {
    const engine = await openPostgres();
    try {
      await createTables(engine);
      const { findings } = await engine.asSuperuser(async (superuser) => {
        await superuser.query(`SET ROLE ${engine.runtime}`);
        const report = await verifyWalls(superuser);
        await superuser.query('RESET ROLE');
        return report;
      });
      expect(findings.map(({ code, object }) => `${code} ${object}`)).toEqual(['ROLE_MEMBER_BYPASS postgres']);
    } finally {
      await engine.close();
    }
  });

  test('OWNED_BY_RUNTIME: opened by the owner, who is one SET ROLE NONE away', async () => {
    const engine = await openPostgres();
    const { owner, runtime } = engine;
    try {
      await createTables(engine);
      const { findings } = await engine.asSuperuser(async (superuser) => {
        await superuser.query(`GRANT ${runtime} TO ${owner}`);
        await superuser.query(`SET SESSION AUTHORIZATION ${owner}`);
        await superuser.query(`SET ROLE ${runtime}`);
        const report = await verifyWalls(superuser);
        await superuser.query('RESET SESSION AUTHORIZATION');
        await superuser.query(`REVOKE ${runtime} FROM ${owner}`);
        return report;
      });
      expect(findings.map(({ code, object }) => `${code} ${object}`)).toEqual(
        expect.arrayContaining(['OWNED_BY_RUNTIME app', 'OWNED_BY_RUNTIME app.project', 'OWNED_BY_RUNTIME app.task']),
      );
    } finally {
      await engine.close();
    }
  });
});
