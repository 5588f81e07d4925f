import { AsyncLocalStorage } from 'node:async_hooks';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';
import { openStorage } from '../../src/storage/open-storage.js';
import { hashMigrations } from './hash-migrations.js';
import { keepFile } from './keep-file.js';

/** Whether what is opened now is to have the tables already. */
const isWanted = new AsyncLocalStorage<boolean>();

type Create = (options?: string | { dataDir?: string; loadDataDir: Blob }) => Promise<PGlite>;
const create: Create = PGlite.create.bind(PGlite);

PGlite.create = (async (dataDir?: string) => {
  if (isWanted.getStore() !== true || !(await isEmpty(dataDir))) return create(dataDir);
  return create({ ...(dataDir !== undefined && { dataDir }), loadDataDir: new Blob([await readDump()]) });
}) as typeof PGlite.create;

/**
 * Whatever the work opens on PGlite, in memory or in an empty folder, has the tables of the server, and nothing in them: a
 * dump is loaded, in a third of the time that a new cluster and the migrations take.
 */
export function withMigratedPglite<Result>(work: () => Promise<Result>): Promise<Result> {
  return isWanted.run(true, work);
}

async function isEmpty(dataDir: string | undefined): Promise<boolean> {
  return dataDir === undefined || (await readdir(dataDir)).length === 0;
}

let dump: Promise<Buffer> | undefined;

function readDump(): Promise<Buffer> {
  dump ??= findDump();
  return dump;
}

async function findDump(): Promise<Buffer> {
  return keepFile(`pglite-${await hashMigrations(`pglite ${await versionOfPglite()}`)}.tar.gz`, makeDump);
}

async function makeDump(): Promise<Buffer> {
  const storage = await isWanted.run(false, () => openStorage({ kind: 'pglite' }, 'default', 'auto'));
  try {
    const { $client } = storage.db as unknown as { $client: PGlite };
    return Buffer.from(await (await $client.dumpDataDir('gzip')).arrayBuffer());
  } finally {
    await storage.close();
  }
}

async function versionOfPglite(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(await readFile(new URL('../package.json', `file://${entry}`), 'utf8'));
  return version;
}
