import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import RunningTestsReporter from './running-tests-reporter.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'running-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  jest.useRealTimers();
});

const inProject = (name: string, path: string) => ({ path, context: { config: { id: name, displayName: { name } } } });

test('the list on disk has the files that started and did not finish, each with its test', () => {
  jest.useFakeTimers();
  const file = join(folder, 'running.txt');
  const reporter = new RunningTestsReporter({ rootDir: '/repo' }, { file });
  const list = () => readFileSync(file, 'utf8');
  reporter.onRunStart();
  expect(list()).toBe('');
  const a = inProject('core', '/repo/packages/core/test/a.test.ts');
  const b = inProject('nestjs', '/repo/packages/nestjs/test/b.test.ts');
  reporter.onTestFileStart(a);
  reporter.onTestFileStart(b);
  expect(list()).toBe('  core: packages/core/test/a.test.ts\n  nestjs: packages/nestjs/test/b.test.ts\n');
  reporter.onTestCaseStart(a, { fullName: 'group first' });
  reporter.onTestCaseStart(a, { fullName: 'group second' });
  jest.advanceTimersByTime(1_000);
  expect(list()).toBe(
    '  core: packages/core/test/a.test.ts › group second\n  nestjs: packages/nestjs/test/b.test.ts\n',
  );
  reporter.onTestFileResult(b);
  expect(list()).toBe('  core: packages/core/test/a.test.ts › group second\n');
  reporter.onTestFileResult(a);
  expect(list()).toBe('');
  reporter.onRunComplete();
  expect(jest.getTimerCount()).toBe(0);
});
