import { createDatabase, describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { openStorage } from '../../src/storage/open-storage.js';
import type { StorageOptions } from '../../src/storage/storage-options.js';
import { readCatalog } from '../storage/catalog.js';
import { dump } from '../storage/dump.js';
import { createMigratedDatabase } from './migrated-database.js';
import { withMigratedPglite } from './migrated-pglite.js';

(await describeOnPostgres(describe, 'migrated.test.ts'))('what tests begin with in place of migrating', () => {
  let migrated: TestDatabase;
  let copy: TestDatabase;

  beforeAll(async () => {
    migrated = await createDatabase();
    copy = await createMigratedDatabase();
    await open(migrated, 'auto');
  });

  afterAll(async () => {
    await migrated?.drop();
    await copy?.drop();
  });

  const open = async ({ connectionString }: TestDatabase, mode: 'auto' | 'check') => {
    const storage: StorageOptions = { kind: 'postgres', connectionString };
    await (await openStorage(storage, 'default', mode)).close();
  };

  const withoutTimes = (rows: string) => rows.replaceAll(/"id":\d+|"created_at":\d+/g, '');

  test('on PostgreSQL is what the migrations make, to the row', async () => {
    await open(copy, 'check');
    const wanted = await readCatalog(migrated.query);
    expect(wanted.columns.length).toBeGreaterThan(50);
    expect(await readCatalog(copy.query)).toEqual(wanted);
    expect(withoutTimes(await dump(copy.query))).toBe(withoutTimes(await dump(migrated.query)));
  });

  test('on PGlite is what the migrations make, to the row', async () => {
    const storage = await withMigratedPglite(() => openStorage({ kind: 'pglite' }, 'default', 'check'));
    try {
      const query = async (text: string) =>
        ((await storage.db.execute(sql.raw(text))) as unknown as { rows: Record<string, unknown>[] }).rows;
      expect(await readCatalog(query)).toEqual(await readCatalog(migrated.query));
      expect(withoutTimes(await dump(query))).toBe(withoutTimes(await dump(migrated.query)));
    } finally {
      await storage.close();
    }
  });
});
