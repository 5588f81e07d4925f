import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';
import { createDatabase, describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { openStorage } from '../../src/storage/open-storage.js';
import * as applications from '../../src/storage/schema/applications.js';
import * as directory from '../../src/storage/schema/directory.js';
import * as environments from '../../src/storage/schema/environments.js';
import * as schema from '../../src/storage/schema/schema.js';
import * as secrets from '../../src/storage/schema/secrets.js';
import * as tokens from '../../src/storage/schema/tokens.js';
import type { StorageOptions } from '../../src/storage/storage-options.js';
import { stopTimers } from '../kit/stop-timers.js';
import { readCatalog } from './catalog.js';
import { startProcess } from './start-process.js';

/** Under which lock the migrations run: "connauth" as a number. */
const lock = 0x636f6e6e_61757468n;

const migrations = new URL('../../migrations/', import.meta.url);
const readMeta = async (name: string) => JSON.parse(await readFile(new URL(`meta/${name}`, migrations), 'utf8'));
const numberOfMigrations = async (): Promise<number> => (await readMeta('_journal.json')).entries.length;

test('the migrations make what the schema in the code says, and nothing else', async () => {
  const known = await numberOfMigrations();
  const latest = await readMeta(`${String(known - 1).padStart(4, '0')}_snapshot.json`);
  const wanted = generateDrizzleJson({
    ...applications,
    ...directory,
    ...environments,
    ...schema,
    ...secrets,
    ...tokens,
  });
  expect(Object.keys(wanted.tables)).toHaveLength(Object.keys(latest.tables).length);
  expect(await generateMigration(latest, wanted)).toEqual([]);
});

(await describeOnPostgres(describe, 'migrations.test.ts'))('on PostgreSQL', () => {
  let database: TestDatabase;
  let storage: StorageOptions & { kind: 'postgres' };

  beforeEach(async () => {
    database = await createDatabase();
    storage = { kind: 'postgres', connectionString: database.connectionString };
  });

  afterEach(() => database.drop());

  const migrate = async (mode: 'auto' | 'check' | 'off') => (await openStorage(storage, 'default', mode)).close();

  test.each([1, 2, 3])('four processes that start at once on an empty database all start (round %d)', async () => {
    const processes = Array.from({ length: 4 }, () => startProcess('migrate', JSON.stringify(storage)));
    try {
      for (const process of processes) expect(await process.next()).toEqual({ ready: true });
      for (const process of processes) process.send({ go: true });
      for (const process of processes) expect(await process.next()).toEqual({ migrated: true });
    } finally {
      for (const process of processes) await process.kill();
    }
    const notes = await database.query('select * from connect_auth.migrations');
    expect(notes).toHaveLength(await numberOfMigrations());
  });

  test('"check" refuses an empty database, and says how many migrations are missing', async () => {
    const known = await numberOfMigrations();
    await expect(migrate('check')).rejects.toThrow(
      new ConfigurationError('migrate', `is "check", and ${known} of ${known} migrations are missing`),
    );
    expect(await database.query(`select from pg_namespace where nspname = 'connect_auth'`)).toEqual([]);
  });

  test('"auto" twice is harmless, and then "check" has nothing to say', async () => {
    await migrate('auto');
    const before = await readCatalog(database.query);
    await migrate('auto');
    await migrate('check');
    expect(await readCatalog(database.query)).toEqual(before);
    expect(await database.query('select * from connect_auth.migrations')).toHaveLength(await numberOfMigrations());
  });

  test('"off" takes the database as it is', async () => {
    await migrate('off');
    expect(await database.query(`select from pg_namespace where nspname = 'connect_auth'`)).toEqual([]);
  });

  test('all tables are in a schema of their own, and each but the notes of the migrations names its environment', async () => {
    await migrate('auto');
    const tables = await database.query(
      `select table_schema, table_name from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema') order by 2`,
    );
    expect(new Set(tables.map(({ table_schema }) => table_schema))).toEqual(new Set(['connect_auth']));
    const withEnvironment = await database.query(
      `select c.table_name from information_schema.columns c
       join information_schema.key_column_usage k
         on (k.table_schema, k.table_name, k.column_name) = (c.table_schema, c.table_name, c.column_name)
       join information_schema.table_constraints t
         on (t.constraint_schema, t.constraint_name) = (k.constraint_schema, k.constraint_name)
       where c.table_schema = 'connect_auth' and c.column_name = 'environment_id' and c.is_nullable = 'NO'
         and t.constraint_type = 'PRIMARY KEY' order by 1`,
    );
    const others = ['environments', 'migrations'];
    const wanted = tables.map(({ table_name }) => table_name).filter((name) => !others.includes(name as string));
    expect(wanted.length).toBeGreaterThan(5);
    expect(withEnvironment.map(({ table_name }) => table_name)).toEqual(wanted);
  });

  test('tables of the application with the same names stay as they are', async () => {
    await database.query('create table users (id int primary key, email text)');
    await database.query('create table organizations (id int primary key)');
    await database.query(`insert into users values (1, 'ada@acme.test')`);
    await migrate('auto');
    expect(await database.query('select * from public.users')).toEqual([{ id: 1, email: 'ada@acme.test' }]);
    expect(await database.query('select * from public.organizations')).toEqual([]);
    expect(await database.query('select * from connect_auth.users')).toEqual([]);
  });

  test('PGlite has the same tables, columns, indexes and constraints', async () => {
    await migrate('auto');
    const opened = await openStorage({ kind: 'pglite' }, 'default', 'auto');
    try {
      const query = async (text: string) =>
        ((await opened.db.execute(sql.raw(text))) as unknown as { rows: Record<string, unknown>[] }).rows;
      const onPostgres = await readCatalog(database.query);
      expect(onPostgres.columns.length).toBeGreaterThan(50);
      expect(await readCatalog(query)).toEqual(onPostgres);
    } finally {
      await opened.close();
    }
  });

  test('a starter waits for another that migrates, also longer than a question may take', async () => {
    const other = new pg.Client(storage);
    await other.connect();
    await other.query('select pg_advisory_lock($1)', [lock]);
    let outcome: unknown;
    // Its connection hears from nobody while it waits: a timer that breaks it off would be one of these.
    stopTimers();
    const starting = migrate('auto').then(
      () => {
        outcome = 'started';
      },
      (error) => {
        outcome = error;
      },
    );
    try {
      await untilSomebodyWaits(database);
      // 15 seconds is what a question may take. What PostgreSQL would break off stands in limits.test.ts.
      jest.advanceTimersByTime(16_000);
      await database.query('select');
      expect(outcome).toBeUndefined();
      await untilSomebodyWaits(database);
    } finally {
      await other.end();
      await starting;
      jest.useRealTimers();
    }
    expect(outcome).toBe('started');
  });

  test('a server that is too old to know the newest migration starts all the same', async () => {
    await migrate('auto');
    await database.query(`insert into connect_auth.migrations (hash, created_at) values ('newer', 9999999999999)`);
    await migrate('check');
    await migrate('auto');
  });

  test('a migration that fails leaves nothing behind', async () => {
    await database.query('create schema connect_auth');
    // The last table of the first migration is there already.
    await database.query('create table connect_auth.access_tokens (id int)');
    await expect(migrate('auto')).rejects.toThrow();
    const left = await database.query(
      `select table_name from information_schema.tables where table_schema = 'connect_auth' order by 1`,
    );
    expect(left.map(({ table_name }) => table_name).filter((name) => name !== 'migrations')).toEqual(['access_tokens']);
  });
});

/** Until a session of this database waits for the lock. */
async function untilSomebodyWaits({ query }: TestDatabase): Promise<void> {
  const waiting = () =>
    query(
      `select from pg_locks join pg_database on pg_database.oid = pg_locks.database
       where datname = current_database() and locktype = 'advisory' and not granted`,
    );
  while ((await waiting()).length === 0);
}
