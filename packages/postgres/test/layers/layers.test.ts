import { withOrg } from '@connect-auth/isolation';
import { OrgPool, orgContextErrorOf } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countProjects, createWalledDatabase, orgs } from '../pool/schema.js';
import { everyLayer } from './every-layer.js';
import type { OpenLayer } from './layer.js';
import { openRelay, type Relay } from './relay.js';

(await describeOnPostgres(describe, 'query layers')).each(everyLayer)('$name on an OrgPool', (layer) => {
  let database: TestDatabase;
  let relay: Relay;
  let pool: OrgPool;
  let db: OpenLayer;

  beforeAll(async () => {
    database = await createWalledDatabase();
    relay = await openRelay(database.runtimeUrl);
    pool = new OrgPool({ connectionString: relay.connectionString, max: 5 }, { context: 'bound' });
    db = await layer.open(pool);
  });

  afterAll(async () => {
    await db?.close();
    await pool?.end();
    await relay?.close();
    await database?.drop();
  });

  test('reads and writes for one organization', async () => {
    await withOrg('org_a', async () => {
      await db.insert(`${layer.name} single`);
      expect(new Set(await db.listOrgs())).toEqual(new Set(['org_a']));
    });
    expect(await countProjects(database, `${layer.name} single`)).toBe(1);
  });

  test('commits a transaction without the savepoint that failed in it', async () => {
    await withOrg('org_b', () =>
      db.transaction(async (transaction) => {
        await transaction.insert('kept');
        const inner = transaction.nested(async (nested) => {
          await nested.insert('dropped');
          throw new Error('changed my mind');
        });
        await expect(inner).rejects.toThrow('changed my mind');
        await transaction.nested(async (nested) => {
          await nested.insert('kept inside');
        });
        expect(new Set(await transaction.listOrgs())).toEqual(new Set(['org_b']));
      }),
    );
    expect(await countProjects(database, 'kept')).toBe(1);
    expect(await countProjects(database, 'dropped')).toBe(0);
    expect(await countProjects(database, 'kept inside')).toBe(1);
  });

  test('keeps nothing of a transaction that throws', async () => {
    const thrown = withOrg('org_c', () =>
      db.transaction(async (transaction) => {
        await transaction.insert('thrown away');
        throw new Error('no');
      }),
    );
    await expect(thrown).rejects.toThrow('no');
    const failed = withOrg('org_c', () =>
      db.transaction(async (transaction) => {
        await transaction.insert('failed');
        await transaction.fail();
      }),
    );
    await expect(failed).rejects.toThrow();
    expect(await countProjects(database, 'thrown away')).toBe(0);
    expect(await countProjects(database, 'failed')).toBe(0);
  });

  test('sends nothing without a frame', async () => {
    await withOrg('org_a', () => db.listOrgs());
    const sent = relay.sentBytes();
    const refusals = await Promise.all(
      [db.listOrgs(), db.insert('nobody'), db.transaction((transaction) => transaction.insert('nobody'))].map((work) =>
        work.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    expect(refusals.map((error) => orgContextErrorOf(error)?.code)).toEqual(Array(3).fill('org_context_missing'));
    expect(relay.sentBytes()).toBe(sent);
    expect(pool.waitingCount).toBe(0);
  });

  test('mixes up nothing in 300 operations of five organizations at once', async () => {
    const seen = await Promise.all(
      Array.from({ length: 300 }, async (_, at) => {
        const orgId = orgs[at % orgs.length] as string;
        const found = await withOrg(orgId, async () => {
          if (at % 3 === 0) return await db.listOrgs();
          if (at % 3 === 1) return await db.insert(`stress ${orgId}`).then(() => db.listOrgs());
          return await db.transaction(async (transaction) => {
            await transaction.insert(`stress ${orgId}`);
            return await transaction.listOrgs();
          });
        });
        return { orgId, foreign: found.filter((one) => one !== orgId).length, count: found.length };
      }),
    );
    expect(seen.filter(({ foreign }) => foreign > 0)).toEqual([]);
    expect(seen.filter(({ count }) => count === 0)).toEqual([]);
    expect(
      await database.query(
        "select name, org_id from app.project where name like 'stress %' and name <> 'stress ' || org_id",
      ),
    ).toEqual([]);
  });
});
