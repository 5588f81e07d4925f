import { createHmac } from 'node:crypto';
import { dropSealKeySql, sealKeySql } from '@connect-auth/postgres';
import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sealOrg } from '../../src/wall/seal-org.js';
import type { Session } from '../kit/engine.js';
import { describeEngines } from '../kit/engines.js';
import { testSeal } from '../kit/test-seal.js';
import { attempt, bindStatement, createTables, farOff, inOrg } from '../kit/two-tables.js';

const mode = 'sealed';

await describeEngines('a sealed context', (engine) => {
  let session: Session;
  const bind = (sealed: string) => attempt(session, 'SELECT app.bind_org($1) AS org', [sealed]);
  const sealFor = (orgId: string, key: { kid: string; key: Uint8Array } = testSeal, expiresAtSeconds = farOff) =>
    sealOrg(key, { orgId, expiresAtSeconds });

  beforeAll(async () => {
    await createTables(engine(), { mode });
    session = await engine().connect();
    await inOrg(session, 'org_B', (own) => own.query("INSERT INTO app.project (id) VALUES ('p1')"), { mode });
  });

  beforeEach(async () => {
    await session.query('ROLLBACK').catch(() => undefined);
  });

  test.each(['org_A', 'org.with|all"sorts\'of{things}', 'x'.repeat(255), 'ö漢'])(
    '%s is sealed and bound',
    async (orgId) => {
      expect(await bind(sealFor(orgId))).toEqual([{ org: orgId }]);
    },
  );

  test('keys of every length that is allowed', async () => {
    for (const length of [32, 63, 64]) {
      const other = { kid: `of_${length}`, key: new Uint8Array(length).fill(length) };
      const { text, values } = sealKeySql(other);
      expect(text).not.toContain('of_');
      await engine().administerWith(text, values);
      expect(await bind(sealFor('org_A', other))).toEqual([{ org: 'org_A' }]);
    }
  });

  test.each<[string, (parts: string[]) => string[]]>([
    ['another organization', ([kid, at, , mac]) => [kid, at, toPayload(['org_B']), mac] as string[]],
    ['a later expiry', ([kid, at, payload, mac]) => [kid, String(Number(at) + 1), payload, mac] as string[]],
    ['a guessed mac', ([kid, at, payload]) => [kid, at, payload, 'f'.repeat(64)] as string[]],
    ['an empty mac', ([kid, at, payload]) => [kid, at, payload, ''] as string[]],
  ])('a seal with %s fails with OR403', async (_, forge) => {
    expect(await bind(forge(sealFor('org_A').split('.')).join('.'))).toBe('OR403');
  });

  test('a seal of another key under this name fails with OR403', async () => {
    expect(await bind(sealFor('org_A', { kid: 'k1', key: new Uint8Array(32).fill(8) }))).toBe('OR403');
  });

  test.each(['org_A', 'a.b.c', 'a.b.c.d.e', '...', 'k9.1.W10=.00'])('%s is no seal: OR401', async (text) => {
    expect(await bind(text)).toBe('OR401');
  });

  test('a seal that is over fails with OR401, at the second that it names', async () => {
    expect(await bind(sealFor('org_A', testSeal, 1))).toBe('OR401');
    const { rows } = await session.query('SELECT floor(extract(epoch FROM now()))::bigint::text AS now');
    expect(await bind(sealFor('org_A', testSeal, Number(rows[0]?.now)))).toBe('OR401');
  });

  test('a seal for nobody fails with OR400', async () => {
    const message = `k1.${farOff}.${toPayload([''])}`;
    const mac = createHmac('sha256', testSeal.key).update(`org.${message}`).digest('hex');
    expect(await bind(`${message}.${mac}`)).toBe('OR400');
  });

  test('injected SQL cannot become another organization', async () => {
    const bound = await inOrg(
      session,
      'org_A',
      async (own) => {
        await own.query(
          "SELECT set_config('app.org_id', 'org_B', true), set_config('app.readable_orgs', '{org_B}', true)",
        );
        return (await own.query('SELECT id FROM app.project')).rows;
      },
      { mode },
    );
    expect(bound).toEqual([]);
    const forged = await inOrg(
      session,
      'org_A',
      async (own) => {
        const [kid, stamp, , mac] = await readSeal(own);
        await own.query("SELECT set_config('app.org_seal', $1, true)", [
          [kid, stamp, toPayload(['org_B']), mac].join('.'),
        ]);
        return (await own.query('SELECT id FROM app.project')).rows;
      },
      { mode },
    );
    expect(forged).toBe('OR403');
  });

  test('what it reads in one transaction is worth nothing in the next', async () => {
    const old = await inOrg(session, 'org_B', readSeal, { mode });
    const text = (old as string[]).join('.');
    expect(await bind(text)).toBe('OR403');
    await session.query('BEGIN');
    await session.query("SELECT set_config('app.org_seal', $1, true)", [text]);
    expect(await attempt(session, 'SELECT app.org_id()')).toBe('OR401');
    await session.query('ROLLBACK');
    // With the stamp of this transaction, the seal is one that nobody made.
    await session.query('BEGIN');
    const { rows } = await session.query('SELECT (extract(epoch FROM now()) * 1000000)::bigint::text AS stamp');
    const restamped = (old as string[]).map((part, at) => (at === 1 ? String(rows[0]?.stamp) : part)).join('.');
    await session.query("SELECT set_config('app.org_seal', $1, true)", [restamped]);
    expect(await attempt(session, 'SELECT app.org_id()')).toBe('OR403');
  });

  test('the seal of the application is in no setting', async () => {
    const [kid, stamp, payload, mac] = (await inOrg(session, 'org_A', readSeal, { mode })) as string[];
    const [ownKid, , ownPayload, ownMac] = sealFor('org_A').split('.');
    expect([kid, payload]).toEqual([ownKid, ownPayload]);
    expect(mac).not.toBe(ownMac);
    expect(stamp).not.toBe(String(farOff));
  });

  test.each([
    'SELECT * FROM app_private.seal_key',
    "SELECT app_private.compute_mac('k1', 'org.k1.9999999999.WyJvcmdfQiJd')",
    "SELECT app_private.open_seal('org', 'x')",
  ])('%s is denied', async (text) => {
    expect(await attempt(session, text)).toBe('42501');
  });

  test('two keys live side by side, and one that is dropped opens nothing', async () => {
    const next = { kid: 'k2', key: new Uint8Array(64).fill(9) };
    const store = sealKeySql(next);
    await engine().administerWith(store.text, store.values);
    expect(await bind(sealFor('org_A'))).toEqual([{ org: 'org_A' }]);
    expect(await bind(sealFor('org_A', next))).toEqual([{ org: 'org_A' }]);
    const drop = dropSealKeySql({ kid: 'k2' });
    await engine().administerWith(drop.text, drop.values);
    expect(await bind(sealFor('org_A', next))).toBe('OR401');
    expect(await bind(sealFor('org_A'))).toEqual([{ org: 'org_A' }]);
  });

  test('functions of the caller’s own stand in for nothing', async () => {
    await engine().administer(
      `CREATE SCHEMA evil AUTHORIZATION ${engine().runtime}; GRANT USAGE ON SCHEMA evil TO PUBLIC`,
    );
    await session.query("CREATE FUNCTION evil.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT '\\x00'::bytea $$");
    await session.query('SET search_path = evil, pg_catalog');
    expect(await bind(sealFor('org_A', { kid: 'k1', key: new Uint8Array(32) }))).toBe('OR403');
    await session.query('RESET search_path');
    await engine().administer('DROP SCHEMA evil CASCADE');
  });

  test('the binding is one statement that an attacker of the text cannot extend', () => {
    expect(bindStatement(mode, "'; DROP TABLE app.project; --").text).toBe('SELECT app.bind_org($1)');
  });
});

const toPayload = (orgs: readonly string[]) => Buffer.from(JSON.stringify(orgs)).toString('base64');

async function readSeal(session: Session): Promise<string[]> {
  const { rows } = await session.query("SELECT current_setting('app.org_seal') AS seal");
  return String(rows[0]?.seal).split('.');
}
