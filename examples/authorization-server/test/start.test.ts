import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@connect-auth/test-kit/free-port';
import { expect, test } from '@jest/globals';

/** Built before: `pnpm test` does. */
const script = join(import.meta.dirname, '../dist/server.js');
const apiKey = 'sk_development';

/** Starts the example in this folder, and resolves when it says where it is. */
async function start(cwd: string, port: number) {
  const child = spawn(process.execPath, [script], {
    cwd,
    env: { PATH: process.env.PATH, PORT: String(port), API_KEY: apiKey, ENVIRONMENT_CLIENT_ID: 'client_environment' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  while (!printed.includes('The authorization server is at')) {
    if (child.exitCode !== null) throw new Error(`ended: ${printed}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  return {
    printed,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

test('the example starts with its seed, prints the credentials once, and serves tokens for them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'connect-auth-example-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const first = await start(folder, port);
  expect(first.printed).toContain('Seeded 2 organizations, 2 users, 5 applications.');
  expect(first.printed).toContain(`at ${url}, its tokens are for client_environment`);
  const secretOf = (clientId: string) =>
    new RegExp(`client_id +${clientId}\\n +client_secret +([0-9a-f]{64})`).exec(first.printed)?.[1];
  // The public application has none.
  expect(secretOf('client_acme_cli')).toBeUndefined();

  const form = { client_id: 'client_acme_warehouse', client_secret: secretOf('client_acme_warehouse') ?? '' };
  const ask = (path: string, more: Record<string, string>) =>
    fetch(url + path, { method: 'POST', body: new URLSearchParams({ ...form, ...more }) });
  const { access_token: token } = (await (await ask('/oauth2/token', { grant_type: 'client_credentials' })).json()) as {
    access_token: string;
  };
  await first.stop();

  const second = await start(folder, port);
  expect(second.printed).toContain('Seeded 0 organizations, 0 users, 0 applications. No new credentials.');
  const answer = await (await ask('/oauth2/introspection', { token })).json();
  expect(answer).toMatchObject({ active: true, org_id: 'org_01TESTACME0000000000000000', aud: 'client_environment' });

  const headers = { authorization: `Bearer ${apiKey}` };
  const memberships = await fetch(
    `${url}/user_management/organization_memberships?user_id=user_01TESTHANK0000000000000000`,
    {
      headers,
    },
  );
  expect(((await memberships.json()) as { data: unknown[] }).data).toHaveLength(2);
  await second.stop();
});
