import { withOrg } from '@connect-auth/isolation';
import { OrgPool } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hiddenRow, readRefusal, unknownReference } from '../kit/read-refusal.js';
import { countProjects, createWalledDatabase } from '../pool/schema.js';
import { everyLayer } from './every-layer.js';
import type { OpenLayer, Queries } from './layer.js';

(await describeOnPostgres(describe, 'refusals of query layers')).each(everyLayer)('an error of $name', (layer) => {
  let database: TestDatabase;
  let pool: OrgPool;
  let db: OpenLayer;
  let own: number;
  let foreign: number;

  beforeAll(async () => {
    database = await createWalledDatabase();
    pool = new OrgPool({ connectionString: database.runtimeUrl, max: 2 }, { context: 'bound' });
    db = await layer.open(pool);
    own = await idOf('org_a');
    foreign = await idOf('org_b');
  });

  afterAll(async () => {
    await db?.close();
    await pool?.end();
    await database?.drop();
  });

  const idOf = async (orgId: string) =>
    Number((await database.query('select min(id) as id from app.project where org_id = $1', [orgId]))[0]?.id);

  const ways = [
    { way: 'by itself', run: (work: (queries: Queries) => Promise<unknown>) => work(db) },
    { way: 'in a transaction', run: (work: (queries: Queries) => Promise<unknown>) => db.transaction(work) },
  ];

  describe.each(ways)('of a statement $way', ({ run }) => {
    const asOrgA = (work: (queries: Queries) => Promise<unknown>) => readRefusal(withOrg('org_a', () => run(work)));

    test('is 404 for a row that names another organization', async () => {
      expect(await asOrgA((queries) => queries.insertFor('org_b', 'moved'))).toEqual(hiddenRow);
      expect(await countProjects(database, 'moved')).toBe(0);
    });

    test('is 422 for a reference, whether another organization has what it refers to or nobody', async () => {
      expect(await asOrgA((queries) => queries.insertTask(foreign))).toEqual(unknownReference);
      expect(await asOrgA((queries) => queries.insertTask(2 ** 40))).toEqual(unknownReference);
    });

    test('is no refusal where one’s own rows still refer to what is deleted', async () => {
      await withOrg('org_a', () => db.insertTask(own));
      expect(await asOrgA((queries) => queries.remove(own))).toEqual({ sqlState: '23503' });
    });

    test('is no refusal where the program is wrong, whatever the row says', async () => {
      expect(await asOrgA((queries) => queries.fail())).toEqual({ sqlState: '22012' });
      await database.query(`revoke insert on app.project from ${database.runtimeRole}`);
      const forbidden = await asOrgA((queries) => queries.insert('a policy "org_wall"'));
      await database.query(`grant insert on app.project to ${database.runtimeRole}`);
      expect(forbidden).toEqual({ sqlState: '42501' });
    });
  });
});
