import { randomBytes } from 'node:crypto';
import { administer, createDatabase, type TestDatabase, urlOfDatabase } from '@connect-auth/test-kit/postgres';
import type pg from 'pg';
import { openStorage } from '../../src/storage/open-storage.js';
import { hashMigrations } from './hash-migrations.js';

/** How many templates of other migrations stay: those of other branches, and of test runs beside this one. */
const keptTemplates = 3;

const templates = 'connect_auth_template_';
const drafts = 'connect_auth_draft_';

/** PostgreSQL says so of a template that is not there, or not any more. */
const unknownDatabase = '3D000';

/**
 * A database with the tables of the server, and nothing in them: the copy of a template, in a fraction of the time that
 * the migrations take. The first test that needs the template makes it, and it stays for the next run.
 */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  for (;;) {
    const template = await administer(nameTemplate);
    try {
      return await createDatabase(template);
    } catch (error) {
      if ((error as { code?: string }).code !== unknownDatabase) throw error;
      await makeTemplate(template);
    }
  }
}

async function nameTemplate(server: pg.Client): Promise<string> {
  const { rows } = await server.query<{ version: string }>(`select current_setting('server_version_num') as version`);
  return templates + (await hashMigrations(`postgres ${rows[0]?.version}`));
}

/** One process makes it, and the others wait. It is under its name once it is whole. */
async function makeTemplate(template: string): Promise<void> {
  await administer(async (server) => {
    // Held until the connection ends.
    await server.query(`select pg_advisory_lock(hashtextextended('connect-auth test templates', 0))`);
    const there = await server.query('select from pg_database where datname = $1', [template]);
    if (there.rowCount !== 0) return;
    await removeOld(server);

    const draft = drafts + randomBytes(6).toString('hex');
    await server.query(`create database ${draft}`);
    const storage = { kind: 'postgres', connectionString: urlOfDatabase(draft) } as const;
    for (const mode of ['auto', 'check'] as const) await (await openStorage(storage, 'default', mode)).close();
    // Nobody can connect to a template while it is being copied.
    await server.query(`alter database ${draft} allow_connections false`);
    await server.query(`alter database ${draft} rename to ${template}`);
  });
}

/** Under the lock, a draft belongs to a process that has ended. Of what others use, only the oldest goes: they make it again. */
async function removeOld(server: pg.Client): Promise<void> {
  const { rows } = await server.query<{ name: string }>(
    `select datname as name from pg_database where starts_with(datname, $1)
     union all
     (select datname from pg_database where starts_with(datname, $2) order by oid desc offset $3)`,
    [drafts, templates, keptTemplates],
  );
  for (const { name } of rows) await server.query(`drop database if exists ${name}`);
}
