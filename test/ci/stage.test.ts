import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');

test('a stage that hangs is ended and fails, and with it the run; the stages after it still run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stage-'));
  try {
    const report = join(folder, 'jest.json');
    writeFileSync(
      report,
      JSON.stringify({ success: true, numPassedTests: 12, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }),
    );
    writeFileSync(join(folder, 'running.txt'), '  core: a.test.ts › hangs\n');
    const script = `
      silence_seconds=3 RUNNING_TESTS_FILE=${folder}/running.txt
      source .ci/stage.sh
      stage 'first' sleep 600
      silence_seconds=600
      stage 'second' echo done
      echo "failed stages: \${failed_stages[*]}"
      node test/ci/summary.mjs ${report} "\${#failed_stages[@]}"`;
    const run = spawnSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: root, encoding: 'utf8' });
    const lines = run.stdout.split('\n').filter(Boolean);
    expect(lines.map((line) => line.replace(/\d+ s$/, 'N s'))).toEqual([
      '=== first',
      'sleep 600',
      'said nothing for 3 s and is ended.',
      'It was running:',
      '  core: a.test.ts › hangs',
      '--- first: FAILED, N s',
      '=== second',
      'done',
      '--- second: ok, N s',
      'failed stages: first',
      '12 passed, 1 failed',
    ]);
    expect(run.status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
