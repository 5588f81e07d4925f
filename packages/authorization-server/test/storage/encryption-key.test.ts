import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@connect-auth/core';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { AuthorizationServer } from '../../src/index.js';
import { readOrCreateKey } from '../../src/keys/encryption-key.js';
import { resolveEncryptionKey } from '../../src/keys/resolve-encryption-key.js';
import { startProcess } from './start-process.js';

let temporary: string;
let file: string;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'connect-auth-'));
});

beforeEach(() => {
  file = join(temporary, `${randomUUID()}.key`);
});

afterAll(() => rm(temporary, { recursive: true }));

const advice = 'must be 32 random bytes: openssl rand -base64 32';
const key = randomBytes(32);

test.each([
  ['base64', key.toString('base64')],
  ['base64 without padding', key.toString('base64').replace('=', '')],
  ['base64url', key.toString('base64url')],
  ['hexadecimal', key.toString('hex')],
  ['hexadecimal in upper case', key.toString('hex').toUpperCase()],
])('a key may be written in %s', async (_, text) => {
  expect(await readOrCreateKey(text)).toEqual({ key, isNew: false });
  await writeFile(file, `${text}\n`);
  expect(await readOrCreateKey({ file })).toEqual({ key, isNew: false });
});

test.each([
  ['nothing', ''],
  ['31 bytes', randomBytes(31).toString('base64')],
  ['33 bytes', randomBytes(33).toString('base64')],
  ['16 bytes in hexadecimal', randomBytes(16).toString('hex')],
  ['a password', 'correct horse battery staple'],
  ['a sentence that has as many letters as a key', 'this is no key at all, but it has as many letters as a key'],
])('%s is no key', async (_, text) => {
  await expect(readOrCreateKey(text)).rejects.toThrow(new ConfigurationError('keys.encryptionKey', advice));
  await writeFile(file, text);
  await expect(readOrCreateKey({ file })).rejects.toThrow(new ConfigurationError(file, advice));
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('a key file that is not there is made, for its owner alone, with a warning, and then used without one', async () => {
  const warnings: string[] = [];
  const resolveKey = () => resolveEncryptionKey({ file }, { kind: 'pglite' }, (message) => warnings.push(message));
  const made = await resolveKey();
  expect(warnings).toEqual([
    `made ${file}, which the signing keys are encrypted with: keep it with the data, or set keys.encryptionKey. ` +
      'Without it, the signing keys are lost.',
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toBe(`${made.toString('base64')}\n`);
  expect(await resolveKey()).toEqual(made);
  expect(warnings).toHaveLength(1);
});

test('with a PGlite folder, the key file is beside it; in memory, no file is made', async () => {
  const folder = join(temporary, 'data');
  const warnings: string[] = [];
  const resolveKey = (dataDir?: string) =>
    resolveEncryptionKey(undefined, { kind: 'pglite', ...(dataDir !== undefined && { dataDir }) }, (message) =>
      warnings.push(message),
    );
  const made = await resolveKey(folder);
  expect(await resolveKey(`${folder}/`)).toEqual(made);
  expect(await readdir(temporary)).toContain('data.key');
  expect(warnings).toHaveLength(1);

  const before = await readdir(temporary);
  expect(await resolveKey()).toHaveLength(32);
  expect(await resolveKey()).not.toEqual(await resolveKey());
  expect(await readdir(temporary)).toEqual(before);
});

test('PostgreSQL needs a key', async () => {
  const options = { issuer: 'https://issuer.test', storage: { kind: 'postgres' } } as const;
  await expect(AuthorizationServer.open(options)).rejects.toThrow(
    new ConfigurationError('keys.encryptionKey', 'is needed with PostgreSQL: openssl rand -base64 32'),
  );
});

test.each([1, 2, 3])('processes that make the file at the same moment end up with one key (round %d)', async () => {
  const processes = Array.from({ length: 4 }, () => startProcess('make-key', file));
  try {
    for (const process of processes) expect(await process.next()).toEqual({ ready: true });
    for (const process of processes) process.send({ go: true });
    const outcomes = await Promise.all(processes.map((process) => process.next()));
    expect(new Set(outcomes.map((outcome) => outcome.key)).size).toBe(1);
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
  } finally {
    for (const process of processes) await process.kill();
  }
  // Nothing is left of the others' attempts.
  expect((await readdir(temporary)).filter((name) => name.startsWith(file.split('/').at(-1) as string))).toHaveLength(
    1,
  );
});

test('a key file is read where nothing can be written, as from a mounted secret', async () => {
  await writeFile(file, key.toString('base64'));
  const handle = await open(file);
  // In this folder of Linux, nobody makes files.
  const mounted = `/proc/self/fd/${handle.fd}`;
  try {
    expect(await readOrCreateKey({ file: mounted })).toEqual({ key, isNew: false });
  } finally {
    await handle.close();
  }
});
