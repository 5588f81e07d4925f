import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { createPlace, run } from './run-command.js';
import { runProcess } from './run-process.js';

const first = (text: string) => text.split('\n')[0];
const usage = 'connect-auth-server: an authorization server that behaves like WorkOS Connect';

test('--help prints the usage', async () => {
  const { code, stdout, stderr } = await run(['--help'], {});
  expect({ code, stdout: first(stdout), stderr }).toEqual({ code: 0, stdout: usage, stderr: '' });
});

test.each([
  [[]],
  [['rotate']],
  [['keys']],
  [['serve', '--port', '1']],
  [['constructor']],
  [['__proto__']],
  [['api-key']],
  [['api-key', 'constructor']],
])('%j is no command', async (args) => {
  const { code, stdout, stderr } = await run(args, {});
  expect({ code, stdout, stderr: first(stderr) }).toEqual({ code: 2, stdout: '', stderr: usage });
});

test('the process ends with the code of the command', async () => {
  const { code, stdout, stderr } = await runProcess(['rotate'], {});
  expect({ code, stdout, stderr: first(stderr) }).toEqual({ code: 2, stdout: '', stderr: usage });
});

test.each<[string, string[], Record<string, string>, string]>([
  ['a port that is none', ['serve'], { PORT: 'x' }, 'PORT must be a number from 1 to 65535'],
  [
    'no encryption key in production',
    ['serve'],
    { NODE_ENV: 'production' },
    'ENCRYPTION_KEY is needed in production: openssl rand -base64 32',
  ],
  ['an issuer that is none', ['serve'], { ISSUER: 'acme' }, 'issuer must be an https URL, or http on loopback'],
  [
    'an algorithm that is none',
    ['serve'],
    { SIGNING_ALGORITHM: 'HS256' },
    'keys.algorithm must be one of RS256, PS256, ES256, EdDSA',
  ],
  ['no id of an API key', ['api-key', 'delete'], {}, 'api-key delete needs the id of a key: api-key list'],
  ['no seed file', ['seed'], {}, 'seed needs a file'],
  ['a seed file that is not there', ['seed', 'none.json'], {}, 'seed file none.json cannot be read (ENOENT)'],
  [
    'a server that is none',
    ['keys', 'list', '--server', 'acme'],
    { API_KEY: 'sk_1' },
    '--server must be the URL of a server',
  ],
  [
    'no API key for a server',
    ['keys', 'list', '--server', 'http://127.0.0.1:9'],
    {},
    'API_KEY is needed with --server',
  ],
  [
    'a server that does not answer',
    ['keys', 'list', '--server', 'http://127.0.0.1:9'],
    { API_KEY: 'sk_1' },
    '--server cannot be reached: http://127.0.0.1:9',
  ],
])('%s is said in a line', async (_, args, env, complaint) => {
  const place = await createPlace(env);
  expect(await run(args, place.env)).toEqual({ code: 1, stdout: '', stderr: `${complaint}\n` });
});

test('a database that cannot be reached is said without its password', async () => {
  const silent = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const place = await createPlace({ DATABASE_URL: `postgres://u:secret-word@127.0.0.1:${port}/d` });
  const { code, stderr } = await run(['migrate'], place.env);
  silent.close();
  expect(code).toBe(1);
  expect(stderr).not.toContain('secret-word');
});
