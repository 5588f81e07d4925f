import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const good = { success: true, numPassedTests: 12, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

test.each([
  ['a good run', good, 0, '12 passed, 0 failed', 0],
  ['failed tests', { ...good, success: false, numFailedTests: 2 }, 1, '12 passed, 2 failed', 1],
  ['a file that did not load', { ...good, success: false, numRuntimeErrorTestSuites: 1 }, 1, '12 passed, 1 failed', 1],
  ['another stage failed', good, 2, '12 passed, 2 failed', 1],
  ['no test was run', { ...good, numPassedTests: 0 }, 0, '0 passed, 1 failed', 1],
  ['Jest itself says no', { ...good, success: false }, 0, '12 passed, 1 failed', 1],
  ['no report was written', undefined, 0, '0 passed, 1 failed', 1],
])('%s', (_what, report, failedStages, line, status) => {
  const folder = mkdtempSync(join(tmpdir(), 'summary-'));
  try {
    const file = join(folder, 'jest.json');
    if (report !== undefined) writeFileSync(file, JSON.stringify(report));
    const script = join(import.meta.dirname, 'summary.mjs');
    const run = spawnSync(process.execPath, [script, file, String(failedStages)], { encoding: 'utf8' });
    expect({ line: run.stdout.trimEnd(), status: run.status }).toEqual({ line, status });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
