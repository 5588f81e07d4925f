import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextSql } from '@connect-auth/postgres';
import { createDatabaseWithRoles, describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { run } from './run-command.js';

(await describeOnPostgres(describe, 'connect-auth-postgres'))('connect-auth-postgres', () => {
  let database: TestDatabase;
  let folder: string;
  const env = () => ({ DATABASE_URL: database.connectionString });
  const asRuntime = () => ({ DATABASE_URL: database.runtimeUrl });

  const write = async (value: unknown) => {
    const file = join(folder, 'file.json');
    await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value));
    return file;
  };
  const planFile = (more: object = {}) =>
    write({ tables: ['project', 'task'], owner: database.ownerRole, runtime: database.runtimeRole, ...more });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connect-auth-postgres-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    database = await createDatabaseWithRoles();
    // As it is found in the wild: ids of one column, and nothing that keeps organizations apart.
    await database.query(`
      CREATE SCHEMA app;
      CREATE TABLE app.project (id bigint PRIMARY KEY, org_id text, name text UNIQUE);
      CREATE TABLE app.task (id bigint PRIMARY KEY, org_id text,
        project_id bigint REFERENCES app.project ON DELETE SET NULL);
      INSERT INTO app.project VALUES (1, 'org_A', 'apollo'), (2, 'org_B', 'gemini');
      INSERT INTO app.task VALUES (1, 'org_A', 1), (2, 'org_B', 2);
      GRANT ALL ON ALL TABLES IN SCHEMA app TO ${database.runtimeRole};
      ALTER SCHEMA app OWNER TO ${database.ownerRole};
      ALTER TABLE app.project OWNER TO ${database.ownerRole};
      ALTER TABLE app.task OWNER TO ${database.ownerRole};
    `);
  });
  afterEach(() => database.drop());

  for (const more of [{}, { context: { mode: 'sealed' } }, { hierarchy: true }]) {
    test(`plan ${JSON.stringify(more)} prints what leads to walls, and then nothing`, async () => {
      const file = await planFile(more);
      const before = await run(['verify'], asRuntime());
      expect(before.code).toBe(1);
      const planned = await run(['plan', file], env());
      expect({ code: planned.code, stderr: planned.stderr }).toEqual({ code: 0, stderr: '' });
      expect((await run(['verify'], asRuntime())).stdout).toBe(before.stdout);
      await database.query(planned.stdout);

      const after = await run(['verify', '--json'], asRuntime());
      const report = JSON.parse(after.stdout) as { findings: { code: string; object: string }[] };
      // Whether ids are random enough to be unique across organizations is not for a plan to say.
      expect(report.findings.map(({ code, object }) => `${code} ${object}`)).toEqual([
        'UNIQUE_ORACLE app.project.project_name_key',
        'UNIQUE_ORACLE app.project.project_pkey',
        'UNIQUE_ORACLE app.task.task_pkey',
      ]);
      const again = await run(['plan', file], env());
      expect(again.stdout.split('\n')).toEqual([
        '-- app.project: project_name_key is unique across organizations. Put org_id into it, or accept it for random ids.',
        '-- app.project: project_pkey is unique across organizations. Put org_id into it, or accept it for random ids.',
        '-- app.task: task_pkey is unique across organizations. Put org_id into it, or accept it for random ids.',
        '-- Nothing is missing.',
        '',
      ]);

      const accept = await write({
        accept: report.findings.map(({ code, object }) => ({ code, object, reason: 'the ids are random' })),
      });
      const verified = await run(['verify', accept], asRuntime());
      expect({ code: verified.code, last: verified.stdout.trimEnd().split('\n').at(-1) }).toEqual({
        code: 0,
        last: `0 findings. The role ${database.runtimeRole} can reach 2 tables.`,
      });
    });
  }

  test('plan prints only what is missing', async () => {
    const file = await planFile();
    await database.query((await run(['plan', file], env())).stdout);
    await database.query(`GRANT TRUNCATE ON app.task TO ${database.runtimeRole}`);
    const { stdout } = await run(['plan', file], env());
    expect(stdout).toMatch(/^BEGIN;\n\nDO \$wall\$/);
    expect(stdout).toContain('"app"."task"');
    expect(stdout).not.toContain('"app"."project"');
    expect(stdout).not.toContain('CREATE OR REPLACE FUNCTION');
  });

  test('plan --tables speaks of a column that is missing, with a name of any kind', async () => {
    await database.query('CREATE TABLE app."two\nlines" (id bigint)');
    const { code, stdout } = await run(['plan', await planFile({ tables: ['two\nlines'] })], env());
    expect(code).toBe(0);
    expect(stdout).toContain(
      '-- app."two lines" has no org_id: add it, set it to the owner of each row, and plan again.\n',
    );
    const missing = await run(['plan', '--tables', 'project,none'], env());
    expect(missing).toEqual({ code: 1, stdout: '', stderr: 'tables names a table that does not exist in app: none\n' });
  });

  test.each<[unknown, string]>([
    ['{', 'is not JSON'],
    ['[]', 'must contain a JSON object'],
    [{}, 'tables must be a list of strings'],
    [{ tables: [] }, 'tables must name a table'],
    [{ tables: ['a'], table: 'a' }, 'table is not an option; known: tables, schema'],
    [{ tables: ['a'], context: { owner: 'x' } }, 'context.owner is not an option'],
    [{ tables: ['a'], hierarchy: 1 }, 'hierarchy must be true or false'],
  ])('plan refuses a file with %j', async (value, complaint) => {
    const { code, stdout, stderr } = await run(['plan', await write(value)], env());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  test('plan needs either a file or tables', async () => {
    const file = await planFile();
    for (const args of [[], [file, '--tables', 'a']]) {
      expect((await run(['plan', ...args], env())).stderr).toBe('plan needs a file, or --tables\n');
    }
    expect((await run(['plan', join(folder, 'none.json')], env())).stderr).toContain('cannot be read (ENOENT)');
  });

  test('verify lists the findings, with their remedies', async () => {
    const { code, stdout, stderr } = await run(['verify', '--role', database.runtimeRole], env());
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^RLS_OFF app\.project: row-level security is not enabled\n {2}ENABLE and FORCE/m);
    expect(stdout).toMatch(/\n\d+ findings\. The role \w+ can reach 2 tables\.\n$/);
  });

  test('verify fails where nothing is reached', async () => {
    await database.query('CREATE SCHEMA hollow');
    await database.query(contextSql({ owner: database.ownerRole, runtime: database.runtimeRole }));
    const { code, stdout } = await run(['verify', '--schemas', 'hollow'], asRuntime());
    expect(code).toBe(1);
    expect(stdout).toContain('can reach no table, so that nothing was verified');
  });

  test.each(['plan', 'verify', 'doctor'])('%s calls nothing that others may create', async (name) => {
    const args = name === 'plan' ? [name, await planFile()] : [name];
    const before = await run(args, env());
    await database.query(`
      CREATE FUNCTION public.trap(int2[], int2[]) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'a trap'; END $$;
      CREATE OPERATOR public.= (leftarg = int2[], rightarg = int2[], function = public.trap);
      CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'a trap'; END $$;
      CREATE FUNCTION public.unnest(int2[]) RETURNS SETOF int2 LANGUAGE plpgsql AS $$ BEGIN RAISE 'a trap'; END $$`);
    expect(await run(args, env())).toEqual(before);
  });

  test('doctor explains the connection', async () => {
    const { code, stdout } = await run(['doctor'], env());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^superuser: yes: no wall stops it/m);
    expect(stdout).toMatch(/^context functions: none in the schema app/m);
    await database.query(contextSql({ owner: database.ownerRole, runtime: database.runtimeRole }));
    const runtime = await run(['doctor', '--url', database.runtimeUrl]);
    expect(runtime.stdout.split('\n')).toEqual([
      expect.stringMatching(/^PostgreSQL: \d+/),
      expect.stringMatching(/^database: connect_auth_test_/),
      `login: ${database.runtimeRole}`,
      `role: ${database.runtimeRole}`,
      'superuser: no',
      'bypasses row-level security: no',
      'row_security: on',
      'pooler: none',
      'search_path: "$user", public',
      'context functions: bound, in the schema app',
      '',
    ]);
  });
});
