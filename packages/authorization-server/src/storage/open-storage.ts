import type { Driver } from './database.js';
import { migrateStorage } from './migrate-storage.js';
import { openPglite } from './open-pglite.js';
import { openPostgres } from './open-postgres.js';
import { Storage } from './storage.js';
import type { MigrateMode, StorageOptions } from './storage-options.js';

/** Opens the database and brings its tables up to date. */
export async function openStorage(
  options: StorageOptions,
  environmentId: string,
  migrate: MigrateMode,
): Promise<Storage> {
  const driver = await openDriver(options);
  try {
    await migrateStorage(driver, migrate);
  } catch (error) {
    await driver.close();
    throw error;
  }
  return new Storage(driver, environmentId);
}

/** Opens the database without checking its tables. */
export function openDriver(options: StorageOptions): Promise<Driver> {
  return options.kind === 'pglite' ? openPglite(options) : openPostgres(options);
}
