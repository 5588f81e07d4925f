import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { type Database, type Driver, migrationNotes } from './database.js';
import { lockFolder } from './lock-folder.js';
import type { StorageOptions } from './storage-options.js';

/**
 * Opens PGlite, in memory or in a folder. The folder is locked first: PGlite itself admits a second process, and both
 * would overwrite each other's data.
 *
 * @throws ConfigurationError while another process uses the folder
 */
export async function openPglite({ dataDir }: StorageOptions & { kind: 'pglite' }): Promise<Driver> {
  if (dataDir === undefined) return driverFor(await PGlite.create(), async () => undefined);

  await mkdir(resolve(dataDir), { recursive: true });
  // One lock for the folder, whichever of its paths is given.
  const folder = await realpath(dataDir);
  const unlock = await lockFolder(folder);
  try {
    return driverFor(await PGlite.create(folder), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

function driverFor(client: PGlite, unlock: () => Promise<void>): Driver {
  const db = drizzle(client) as unknown as Database;
  return {
    kind: 'pglite',
    db,
    transaction: (work) => db.transaction((tx) => work(tx as unknown as Database)),
    // One process with one connection: there is no other to exclude.
    exclusively: (_, work) => work(db),
    migrate: (connection, migrationsFolder) => migrate(connection as never, { migrationsFolder, ...migrationNotes }),
    close: async () => {
      try {
        await client.close();
      } finally {
        await unlock();
      }
    },
  };
}
