import { randomUUID } from 'node:crypto';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { thisProcess } from '../../src/storage/lock-holder.js';
import { startProcess, type TestProcess } from './start-process.js';

let temporary: string;
let folder: string;
let lock: string;
let claim: string;
const started: TestProcess[] = [];

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'connect-auth-'));
});

beforeEach(() => {
  folder = join(temporary, randomUUID());
  lock = `${folder}.lock`;
  claim = `${lock}.claim`;
});

afterEach(async () => {
  for (const process of started.splice(0)) await process.kill();
});

afterAll(() => rm(temporary, { recursive: true }));

async function start(...args: string[]): Promise<TestProcess> {
  const process = startProcess('lock', ...args);
  started.push(process);
  expect(await process.next()).toEqual({ ready: true });
  return process;
}

async function tell(process: TestProcess, message: object) {
  process.send(message);
  return process.next();
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

describe('of eight processes at the same moment', () => {
  const before: [there: string, prepare: () => Promise<void>][] = [
    [
      'a lock whose process is dead',
      async () => writeFile(lock, JSON.stringify({ ...thisProcess(), began: 'then/1' })),
    ],
    ['no lock', async () => undefined],
    ['an empty lock file', () => writeFile(lock, '')],
  ];

  test.each(before)('one takes the folder where there is %s', async (_, prepare) => {
    const processes = await Promise.all(Array.from({ length: 8 }, () => start()));
    for (let round = 0; round < 5; round += 1) {
      await prepare();
      const outcomes = await Promise.all(processes.map((process) => tell(process, { lock: folder })));
      const holders = processes.filter((_, at) => outcomes[at].held);
      expect(holders).toHaveLength(1);
      const [holder] = holders as [TestProcess];
      expect(JSON.parse(await readFile(lock, 'utf8')).pid).toBe(holder.pid);
      for (const { held, message } of outcomes) {
        if (!held) expect(message).toContain(`${folder} is in use by `);
      }
      expect(await tell(holder, { unlock: true })).toEqual({ unlocked: true });
      for (const file of [lock, claim]) expect(await isThere(file)).toBe(false);
    }
  });
});

test('a process that stalls while it takes the folder has it, or hears that another one has it', async () => {
  const slow = await start('stalling');
  expect(await tell(slow, { lock: folder })).toEqual({ stalled: true });
  const quick = await tell(await start(), { lock: folder });
  const outcomes = [quick, await tell(slow, { go: true })];
  expect(outcomes.filter(({ held }) => held)).toHaveLength(1);
});
