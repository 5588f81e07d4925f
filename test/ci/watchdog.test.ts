import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const watchdog = join(import.meta.dirname, 'watchdog.mjs');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchdog-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const watch = (seconds: number, ...command: string[]) => {
  const run = spawnSync(process.execPath, [watchdog, String(seconds), join(folder, 'running.txt'), ...command], {
    encoding: 'utf8',
  });
  return { status: run.status, lines: run.stdout.split('\n').filter(Boolean) };
};

/** A process that has ended, and that nobody asked for its end, is a zombie. */
const isRunning = (pid: string) => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return !/^(Z|$)/.test(stdout.trim());
};

test.each([0, 3])('a command that ends with %d does so through it, with what it says', (status) => {
  const script = `console.log('said'); process.exit(${status})`;
  expect(watch(60, process.execPath, '-e', script)).toEqual({ status, lines: ['said'] });
});

test('a command that is not there fails', () => {
  expect(watch(60, join(folder, 'nothing')).status).toBe(127);
});

test('a silent command is ended with what it started, and it is said what was running', async () => {
  writeFileSync(join(folder, 'running.txt'), '  core: a.test.ts › hangs\n');
  const pids = join(folder, 'pids');
  const { status, lines } = watch(3, 'sh', '-c', `sleep 600 & echo "$$ $!" > ${pids}; wait`);
  expect(status).toBe(124);
  expect(lines.slice(-3)).toEqual([
    'said nothing for 3 s and is ended.',
    'It was running:',
    '  core: a.test.ts › hangs',
  ]);
  for (const pid of readFileSync(pids, 'utf8').trim().split(' ')) {
    while (isRunning(pid)) await setTimeout(10);
  }
});
