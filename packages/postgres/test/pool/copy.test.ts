import { withOrg } from '@connect-auth/isolation';
import { OrgPool } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWalledDatabase } from './schema.js';

(await describeOnPostgres(describe, 'COPY'))('COPY … FROM STDIN, for which pg has no data', () => {
  let database: TestDatabase;
  let pool: OrgPool;
  beforeAll(async () => {
    database = await createWalledDatabase();
    pool = new OrgPool({ connectionString: database.runtimeUrl, max: 1 }, { context: 'bound' });
  });
  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });
  const names = () => pool.query('select distinct org_id from app.project').then(({ rows }) => rows);

  // The wall takes no COPY; this table has none.
  test.each([
    'copy app.country from stdin',
    'COPY app.country FROM STDIN;',
    '/* */ copy app.country (code) from stdin',
  ])('%s: an error, and the connection is right for the next organization', async (text) => {
    await withOrg('org_a', () => expect(pool.query(text)).rejects.toMatchObject({ code: '57014' }));
    expect(await withOrg('org_b', names)).toEqual([{ org_id: 'org_b' }]);
    await withOrg('org_a', async () => {
      const client = await pool.connect();
      await expect(client.query(text)).rejects.toMatchObject({ code: '57014' });
      client.release();
    });
    expect(await withOrg('org_b', names)).toEqual([{ org_id: 'org_b' }]);
  });
});
