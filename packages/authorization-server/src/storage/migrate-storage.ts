import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '@connect-auth/core';
import { sql } from 'drizzle-orm';
import type { Database, Driver } from './database.js';
import type { MigrateMode } from './storage-options.js';

/** Shipped with the package, beside its code. */
const folder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** The advisory lock of the migrations, which no other program in this database is expected to use. */
const lock = 0x636f6e6e_61757468n;

/** Migrates the database. If several processes start at once, one migrates while the others wait. */
export async function migrateStorage(driver: Driver, mode: MigrateMode): Promise<void> {
  if (mode === 'auto') await driver.exclusively(lock, (db) => driver.migrate(db, folder));
  if (mode !== 'check') return;

  const { applied, known } = await migrationState(driver);
  if (applied < known) {
    throw new ConfigurationError('migrate', `is "check", and ${known - applied} of ${known} migrations are missing`);
  }
}

/** Counts the migrations of the package, and those that the database has. */
export async function migrationState(driver: Driver): Promise<{ applied: number; known: number }> {
  const journal = JSON.parse(await readFile(`${folder}/meta/_journal.json`, 'utf8')) as { entries: unknown[] };
  return { applied: await countApplied(driver.db), known: journal.entries.length };
}

async function countApplied(db: Database): Promise<number> {
  const there = await count(
    db,
    sql`select count(*)::int as n from to_regclass('connect_auth.migrations') as t where t is not null`,
  );
  return there === 0 ? 0 : count(db, sql`select count(*)::int as n from connect_auth.migrations`);
}

async function count(db: Database, question: ReturnType<typeof sql>): Promise<number> {
  const { rows } = (await db.execute(question)) as unknown as { rows: { n: number }[] };
  return rows[0]?.n ?? 0;
}
