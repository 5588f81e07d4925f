import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run } from './run-command.js';

const first = (text: string) => text.split('\n')[0];
const usage = 'connect-auth-postgres: the organization walls of a PostgreSQL database';

/** A server that hangs up on whoever calls. */
const server = createServer((socket) => socket.destroy());
let port = 0;

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  port = (server.address() as { port: number }).port;
});
afterAll(() => void server.close());

test('--help prints the usage', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect({ code, stdout: first(stdout), stderr }).toEqual({ code: 0, stdout: usage, stderr: '' });
});

test.each([
  [[]],
  [['constructor']],
  [['verify', '--tables', 'a']],
  [['plan', 'a.json', 'b.json']],
  [['doctor', '--json']],
  [['verify', '--unknown']],
])('%j is no command', async (args) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout, stderr: first(stderr) }).toEqual({ code: 2, stdout: '', stderr: usage });
});

test.each([
  [[], {}, 'DATABASE_URL is needed: the URL of a database\n'],
  [['--url', ''], {}, '--url is needed: the URL of a database\n'],
  [['--url', 'mysql://u:hunter2@h/d'], {}, '--url must be a URL like postgres://user@host:5432/database\n'],
  [
    [],
    { DATABASE_URL: 'postgres://u:hunter2@:bad:/' },
    'DATABASE_URL must be a URL like postgres://user@host:5432/database\n',
  ],
])('doctor %j %j', async (args, env, complaint) => {
  const { code, stdout, stderr } = await run(['doctor', ...args], env as Record<string, string>);
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: complaint });
});

test.each(['doctor', 'verify', 'plan'])(
  '%s on a database that is not there says so, without the password',
  async (name) => {
    const url = `postgres://u:hunter%402@127.0.0.1:${port}/d`;
    const { code, stdout, stderr } = await run([name, ...(name === 'plan' ? ['--tables', 'a'] : []), '--url', url]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^the database: .+\n$/);
    expect(stderr).not.toMatch(/hunter/);
  },
);
