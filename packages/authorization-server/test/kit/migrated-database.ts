import { randomBytes } from 'node:crypto';
import { administer, createDatabase, type TestDatabase, urlOfDatabase } from '@connect-auth/test-kit/postgres';
import type pg from 'pg';
import { openStorage } from '../../src/storage/open-storage.js';
import { hashMigrations } from './hash-migrations.js';

/** How many templates of other migrations stay: those of other branches, and of test runs beside this one. */
const keptTemplates = 3;

const templates = 'connect_auth_template_';
const drafts = 'connect_auth_draft_';

/** What PostgreSQL says of a template that is not there (any more), and of one whose removal was broken off. */
const unusable = ['3D000', '55000'];

/** Others may remove it in between; more often than that it is something else. */
const maxAttempts = 5;

/**
 * A database with the tables of the server, and nothing in them: the copy of a template, in a fraction of the time that
 * the migrations take. The first test that needs the template makes it, and it stays for the next run.
 */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  const template = await administer(nameTemplate);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await createDatabase(template);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (!unusable.includes(code) || attempt === maxAttempts) throw error;
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
    const there = await server.query('select datconnlimit = -2 as is_broken from pg_database where datname = $1', [
      template,
    ]);
    if (there.rows[0]?.is_broken === false) return;
    await server.query(`drop database if exists ${template}`);
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
