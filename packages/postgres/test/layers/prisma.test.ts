import { withOrg } from '@connect-auth/isolation';
import { OrgPool } from '@connect-auth/postgres';
import { separateOrgs } from '@connect-auth/postgres/prisma';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countProjects, createWalledDatabase } from '../pool/schema.js';
import { openPrisma, type PrismaClient } from './prisma-client.js';

(await describeOnPostgres(describe, 'Prisma'))('what Prisma gathers in one tick', () => {
  let database: TestDatabase;
  let pool: OrgPool;
  let plain: PrismaClient;
  let separated: PrismaClient;
  let idOfA: bigint;

  beforeAll(async () => {
    database = await createWalledDatabase();
    pool = new OrgPool({ connectionString: database.runtimeUrl, max: 5 }, { context: 'bound' });
    plain = await openPrisma(pool);
    separated = separateOrgs(await openPrisma(pool));
    const [row] = await database.query("select id from app.project where org_id = 'org_a' order by id limit 1");
    idOfA = BigInt(String(row?.id));
    // Both know the query by then, and send it without a detour.
    for (const prisma of [plain, separated]) await withOrg('org_a', () => find(prisma));
  });

  afterAll(async () => {
    await plain?.$disconnect();
    await separated?.$disconnect();
    await pool?.end();
    await database?.drop();
  });

  const find = async (prisma: PrismaClient) =>
    await prisma.project.findUnique({ where: { orgId_id: { orgId: 'org_a', id: idOfA } } });

  const findAsBoth = (prisma: PrismaClient) =>
    Promise.all(['org_a', 'org_b'].map((orgId) => withOrg(orgId, () => find(prisma))));

  test('is sent as whoever asked first, and so shows the other organization its rows', async () => {
    expect(await findAsBoth(plain)).toMatchObject([{ orgId: 'org_a' }, { orgId: 'org_a' }]);
  });

  test('is kept apart by separateOrgs()', async () => {
    expect(await findAsBoth(separated)).toMatchObject([{ orgId: 'org_a' }, null]);
  });

  test('may be two interactive transactions', async () => {
    const found = await Promise.all(
      ['org_a', 'org_b'].map((orgId) =>
        withOrg(orgId, () =>
          separated.$transaction(async (inner) => {
            const before = await inner.project.findMany();
            await inner.project.create({ data: { name: `by ${orgId}` } });
            return before.map((project) => project.orgId);
          }),
        ),
      ),
    );
    expect(found.map((orgIds) => [...new Set(orgIds)])).toEqual([['org_a'], ['org_b']]);
  });

  test('may be a list of statements that succeed or fail together', async () => {
    const failed = withOrg('org_c', () =>
      separated.$transaction([
        separated.project.create({ data: { name: 'together' } }),
        separated.$queryRawUnsafe('select 1 / 0'),
      ]),
    );
    await expect(failed).rejects.toThrow();
    expect(await countProjects(database, 'together')).toBe(0);
    await withOrg('org_c', () => separated.$transaction([separated.project.create({ data: { name: 'together' } })]));
    expect(await countProjects(database, 'together')).toBe(1);
  });

  test('may be raw SQL', async () => {
    const rows = await withOrg('org_d', () => separated.$queryRawUnsafe('select distinct org_id from app.project'));
    expect(rows).toEqual([{ org_id: 'org_d' }]);
  });

  test('is not taken for granted: another client is refused', () => {
    expect(() => separateOrgs({})).toThrow('PrismaClient');
  });
});
