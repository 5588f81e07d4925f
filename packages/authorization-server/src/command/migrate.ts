import { optionsFromEnv } from '../options/options-from-env.js';
import { migrateStorage, migrationState } from '../storage/migrate-storage.js';
import { openDriver } from '../storage/open-storage.js';
import type { StorageOptions } from '../storage/storage-options.js';
import type { Command } from './command.js';

/** `migrate`: brings the tables up to date, and does nothing else. */
export const migrateTables: Command = async ({ env, print }) => {
  const driver = await openDriver(optionsFromEnv(env).storage as StorageOptions);
  try {
    const before = await migrationState(driver);
    await migrateStorage(driver, 'auto');
    const after = await migrationState(driver);
    print(`${after.applied - before.applied} migrations applied, ${after.applied} of ${after.known} are there.`);
  } finally {
    await driver.close();
  }
};
