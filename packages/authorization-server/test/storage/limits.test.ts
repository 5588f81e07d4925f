import { createDatabase, describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database, Driver } from '../../src/storage/database.js';
import { openDriver } from '../../src/storage/open-storage.js';

const names = ['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout'];

(await describeOnPostgres(describe, 'limits.test.ts'))('what takes long on PostgreSQL', () => {
  let database: TestDatabase;
  let driver: Driver;

  beforeAll(async () => {
    database = await createDatabase();
    driver = await openDriver({ kind: 'postgres', connectionString: database.connectionString });
  });

  afterAll(async () => {
    await driver?.close();
    await database?.drop();
  });

  async function limitsOf(db: Database): Promise<unknown[]> {
    const answers = [];
    for (const name of names) {
      const { rows } = (await db.execute(`show ${name}`)) as unknown as { rows: Record<string, string>[] };
      answers.push(rows[0]?.[name]);
    }
    return answers;
  }

  test('is given up by PostgreSQL itself, in a transaction and outside', async () => {
    expect(await limitsOf(driver.db)).toEqual(['8s', '10s', '1min']);
    expect(await driver.transaction(limitsOf)).toEqual(['8s', '10s', '1min']);
  });

  test('is waited for while tables are migrated, and while another process migrates them', async () => {
    expect(await driver.exclusively(1n, limitsOf)).toEqual(['0', '0', '0']);
  });
});
