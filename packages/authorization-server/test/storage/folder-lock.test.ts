import { randomUUID } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ConfigurationError } from '@connect-auth/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lockFolder } from '../../src/storage/lock-folder.js';
import { thisProcess } from '../../src/storage/lock-holder.js';
import { openDriver } from '../../src/storage/open-storage.js';
import { startProcess, type TestProcess } from './start-process.js';

let temporary: string;
let folder: string;
let lock: string;
let claim: string;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'connect-auth-'));
});

beforeEach(() => {
  folder = join(temporary, randomUUID());
  lock = `${folder}.lock`;
  claim = `${lock}.claim`;
});

afterAll(() => rm(temporary, { recursive: true }));

const started: TestProcess[] = [];

async function start(...args: string[]): Promise<TestProcess> {
  const process = startProcess('lock', ...args);
  started.push(process);
  expect(await process.next()).toEqual({ ready: true });
  return process;
}

afterEach(async () => {
  for (const process of started.splice(0)) await process.kill();
});

async function tell(process: TestProcess, message: object) {
  process.send(message);
  return process.next();
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

const inUseBy = (who: string) =>
  `storage.dataDir ${folder} is in use by ${who}. PGlite serves one process: end that one, ask it over HTTP, ` +
  'or use PostgreSQL.';

/** Takes the folder, looks at who has it, and gives it back. */
async function expectFree(): Promise<void> {
  const unlock = await lockFolder(folder);
  expect(JSON.parse(await readFile(lock, 'utf8'))).toEqual(thisProcess());
  await unlock();
  for (const file of [lock, claim]) expect(await isThere(file)).toBe(false);
}

const expectRefused = (who: string) => expect(lockFolder(folder)).rejects.toThrow(inUseBy(who));

test('a folder that nobody has is free, and free again when it was given back', async () => {
  await expectFree();
  await expectFree();
});

test('the same process does not get it twice', async () => {
  const unlock = await lockFolder(folder);
  await expectRefused(`process ${process.pid} on ${hostname()}`);
  await unlock();
  await expectFree();
});

test('to give it back is no trouble where somebody has deleted the lock file', async () => {
  const unlock = await lockFolder(folder);
  await unlink(lock);
  await unlock();
  await expectFree();
});

test('another process has it until it gives it back', async () => {
  const other = await start();
  expect(await tell(other, { lock: folder })).toEqual({ held: true });
  await expectRefused(`process ${other.pid} on ${hostname()}`);
  expect(await tell(other, { unlock: true })).toEqual({ unlocked: true });
  await expectFree();
});

test('a lock is not taken from a process that runs, however old the file is', async () => {
  const other = await start();
  await tell(other, { lock: folder });
  const longAgo = new Date('2001-01-01');
  await utimes(lock, longAgo, longAgo);
  await expectRefused(`process ${other.pid} on ${hostname()}`);
});

test('a lock is taken from a process that was killed', async () => {
  const other = await start();
  await tell(other, { lock: folder });
  await other.kill();
  expect(await isThere(lock)).toBe(true);
  await expectFree();
});

test('a folder has one lock, whatever names it has', async () => {
  const other = await start();
  await mkdir(folder);
  await tell(other, { lock: folder });
  const link = join(temporary, 'link');
  await symlink(folder, link);
  for (const dataDir of [link, `${folder}/`, `${link}/../${basename(folder)}`]) {
    const opening = openDriver({ kind: 'pglite', dataDir }).then((driver) => driver.close());
    await expect(opening).rejects.toThrow(`is in use by process ${other.pid}`);
  }
});

describe('a lock that names', () => {
  const { pid, host, began } = thisProcess();

  test.each<[who: string, holder: () => Promise<object> | object]>([
    ['a process that is gone', async () => ({ pid: await deadPid(), host, began })],
    [
      'this process, from before the machine or the container was started again',
      () => ({ pid, host, began: 'then/1' }),
    ],
    [
      'another process, to which the number of a dead one was given',
      async () => ({ pid: (await start()).pid, host, began }),
    ],
  ])('%s is taken over', async (_, holder) => {
    await writeFile(lock, JSON.stringify(await holder()));
    await expectFree();
  });

  test.each<[who: string, holder: { pid: number; host: string; began?: string }]>([
    ['a process on another machine', { pid: 1, host: 'elsewhere', ...(began && { began }) }],
    ['a process that runs, from a system that knows no beginnings', { pid: process.ppid, host }],
    ['a process of another user', { pid: 1, host }],
  ])('%s is not', async (_, holder) => {
    const text = JSON.stringify(holder);
    await writeFile(lock, text);
    await expectRefused(`process ${holder.pid} on ${holder.host}`);
    expect(await readFile(lock, 'utf8')).toBe(text);
  });
});

test.each([
  ['nothing', ''],
  ['half of it', '{"pid":12,"ho'],
  ['what is left after a power failure', '\0\0\0\0'],
])('a lock file that holds %s is taken over', async (_, text) => {
  await writeFile(lock, text);
  await expectFree();
});

describe('a claim', () => {
  beforeEach(async () => {
    await writeFile(lock, JSON.stringify({ ...thisProcess(), began: 'then/1' }));
  });

  test('that was left by a crash has to be deleted, and the error says so', async () => {
    await writeFile(claim, JSON.stringify({ ...thisProcess(), pid: await deadPid() }));
    await expect(lockFolder(folder)).rejects.toThrow(
      new ConfigurationError('storage.dataDir', `cannot be locked: delete ${claim}, left by a process that ended`),
    );
    await unlink(claim);
    await expectFree();
  });

  test('of a process that runs is not taken from it', async () => {
    const other = await start();
    await writeFile(claim, JSON.stringify({ pid: other.pid, host: hostname() }));
    await expectRefused(`process ${other.pid} on ${hostname()}`);
  });
});

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const other = startProcess('lock');
  await other.kill();
  return other.pid;
}
