import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@connect-auth/test-kit/free-port';
import { createDatabase, describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { until } from '@connect-auth/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPlace, run, serve } from './run-command.js';
import { serveProcess } from './run-process.js';

const seed = {
  organizations: [{ id: 'org_acme', name: 'Acme' }],
  users: [{ id: 'user_wile', email: 'wile@acme.example', organization_ids: ['org_acme'] }],
  applications: [
    {
      client_id: 'client_acme',
      name: 'Warehouse',
      application_type: 'm2m',
      organization_id: 'org_acme',
      scopes: ['projects:read'],
    },
    {
      client_id: 'client_cli',
      name: 'Command line',
      application_type: 'oauth',
      is_first_party: true,
      uses_pkce: true,
      redirect_uris: [{ uri: 'http://127.0.0.1/callback' }],
    },
  ],
  api_keys: [{ name: 'ci' }],
};

(await describeOnPostgres(describe, 'the command on PostgreSQL'))('connect-auth-server on PostgreSQL', () => {
  let database: TestDatabase;
  let env: Record<string, string>;
  let seedFile: string;
  let auditLog: string;

  beforeAll(async () => {
    database = await createDatabase();
    const place = await createPlace();
    auditLog = join(place.folder, 'audit.jsonl');
    seedFile = join(place.folder, 'seed.json');
    await writeFile(seedFile, JSON.stringify(seed));
    env = {
      ...place.env,
      DATABASE_URL: database.connectionString,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      AUDIT_LOG: auditLog,
    };
  });
  afterAll(() => database.drop());

  test('migrate applies what is missing, once', async () => {
    expect(await run(['migrate'], env)).toEqual({
      code: 0,
      stdout: '1 migrations applied, 1 of 1 are there.\n',
      stderr: '',
    });
    expect(await run(['migrate'], env)).toMatchObject({ stdout: '0 migrations applied, 1 of 1 are there.\n' });
  });

  test('seed prints the credentials that it made, and makes them once', async () => {
    const first = await run(['seed', seedFile], env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^Seeded 1 organizations, 1 users, 2 applications\.\nThese are shown once:\n {2}Warehouse\n {4}client_id {6}client_acme\n {4}client_secret {2}[0-9a-f]{64}\n {2}API key ci\n {4}sk_[\w-]{43}\n$/,
    );
    const second = await run(['seed', seedFile], env);
    expect(second.stdout).toBe('Seeded 0 organizations, 0 users, 0 applications. No new credentials.\n');
  });

  test('a seed that contradicts itself changes nothing, and the place is named', async () => {
    const wrong = join(seedFile, '../wrong.json');
    const organizations = [{ id: 'org_new', name: 'New' }];
    const applications = [{ client_id: 'client_new', name: 'New', application_type: 'm2m' }];
    await writeFile(wrong, JSON.stringify({ organizations, applications }));
    expect(await run(['seed', wrong], env)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'seed file: applications: client_new: organization_id is required.\n',
    });
    expect(await database.query("select 1 from connect_auth.organizations where id = 'org_new'")).toEqual([]);
  });

  test('apps list and keys list are tables', async () => {
    const apps = await run(['apps', 'list'], env);
    expect(apps.stdout.split('\n').slice(0, 2)).toEqual([
      'NAME          CLIENT ID    TYPE   ORGANIZATION  SCOPES',
      'Warehouse     client_acme  m2m    org_acme      projects:read',
    ]);
    const keys = (await run(['keys', 'list'], env)).stdout.trim().split('\n');
    expect(keys.map((line) => line.split(/\s+/)[2])).toEqual(['STATUS', 'active', 'next']);
  });

  test('a server that runs signs with the new key after keys rotate, without a restart', async () => {
    const port = await freePort();
    const key = (await run(['api-key', 'create', 'test'], env)).stdout.trim();
    const server = await serveProcess({ ...env, PORT: String(port) });
    const jwks = async () =>
      ((await (await fetch(`http://127.0.0.1:${port}/oauth2/jwks`)).json()) as { keys: { kid: string }[] }).keys;
    const [active, next] = await jwks();
    expect((await run(['keys', 'rotate'], env)).code).toBe(0);

    // The server reads its keys every five seconds.
    await until(async () => (await jwks())[0]?.kid !== active?.kid, 100);
    expect((await jwks()).map(({ kid }) => kid)).toEqual([next?.kid, expect.any(String), active?.kid]);

    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`http://127.0.0.1:${port}/connect/applications`, { headers })).status).toBe(200);
    const remote = { API_KEY: key };
    const listed = await run(['apps', 'list', '--server', `http://127.0.0.1:${port}`], remote);
    expect(listed.stdout).toBe((await run(['apps', 'list'], env)).stdout);
    expect((await server.stop()).stderr).toBe('');
  });

  test('api-key list shows no key, and a key that is deleted opens nothing from then on', async () => {
    const port = await freePort();
    const key = (await run(['api-key', 'create', 'to be deleted'], env)).stdout.trim();
    const server = await serve({ ...env, PORT: String(port) });
    const ask = async () => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`http://127.0.0.1:${port}/connect/applications`, { headers })).status;
    };
    expect(await ask()).toBe(200);

    const listed = (await run(['api-key', 'list'], env)).stdout;
    expect(listed).toMatch(/^ID +NAME +ENDS WITH +CREATED +LAST USED\n/);
    expect(listed).not.toContain(key.slice(0, 12));
    expect(listed).not.toContain(key.slice(-12));
    expect(listed).toContain(`…${key.slice(-6)}`);
    const [id] =
      listed
        .split('\n')
        .find((line) => line.includes('to be deleted'))
        ?.split(/\s+/) ?? [];

    const deleting = ['api-key', 'delete', id as string];
    expect(await run(deleting, env)).toEqual({ code: 0, stdout: `${id} is deleted.\n`, stderr: '' });
    expect(await ask()).toBe(401);
    const there = `api-key delete there is no key ${id}\n`;
    expect(await run(deleting, env)).toEqual({ code: 1, stdout: '', stderr: there });
    expect((await run(['api-key', 'list'], env)).stdout).not.toContain('to be deleted');
    await server.stop();

    const told = (await readEvents()).filter(({ targets }) => targets[0]?.id === id);
    expect(told).toMatchObject([
      { action: 'api_key.created', targets: [{ type: 'api_key' }], actor: { type: 'command', id: 'api-key create' } },
      { action: 'api_key.deleted', targets: [{ type: 'api_key' }], actor: { type: 'command', id: 'api-key delete' } },
    ]);
    expect(JSON.stringify(told)).not.toContain(key);
  });

  const readEvents = async () =>
    (await readFile(auditLog, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('the audit trail names the command, and goes to its file', async () => {
    const events = await readEvents();
    const created = events.find(({ action }) => action === 'application.created');
    expect(created).toMatchObject({ actor: { type: 'command', id: 'seed' }, details: { client_id: 'client_acme' } });
    expect(events.filter(({ action }) => action === 'signing_key.retired')).toMatchObject([
      { actor: { type: 'command', id: 'keys rotate' } },
    ]);
  });
});
