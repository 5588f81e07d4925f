import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What one file of a run came to: its tests with their outcome, and what Jest says where the file itself failed. */
interface FileOutcome {
  readonly tests: Record<string, string>;
  readonly message: string;
}

export interface JestOutcome {
  readonly status: number | null;
  readonly output: string;
  /** By path. */
  readonly files: Record<string, FileOutcome>;
}

/** Runs Jest on the files given, as this repository does, in a folder of their own. */
export function runJest(
  files: Record<string, string>,
  args: string[] = [],
  env: Record<string, string> = {},
): JestOutcome {
  const folder = mkdtempSync(join(tmpdir(), 'suite-'));
  try {
    for (const [name, text] of Object.entries({ ...files, 'package.json': '{}', 'jest.config.json': config(folder) })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const [jest, report] = [join(root, 'node_modules/jest/bin/jest.js'), join(folder, 'report.json')];
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const run = spawnSync(
      process.execPath,
      [...flags, jest, '--json', `--outputFile=${report}`, '--maxWorkers=1', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...env },
      },
    );
    return {
      status: run.status,
      output: run.stdout + run.stderr,
      files: outcomes(folder, readFileSync(report, 'utf8')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function config(rootDir: string): string {
  return JSON.stringify({
    rootDir,
    displayName: 'small',
    cacheDirectory: join(rootDir, 'cache'),
    testMatch: ['<rootDir>/**/*.test.mjs'],
    moduleFileExtensions: ['mjs', 'js', 'json'],
    // How fast the machine is decides nothing.
    testTimeout: 60_000,
    transform: {},
    runner: join(import.meta.dirname, 'grouping-runner.mjs'),
    testRunner: join(import.meta.dirname, 'group-framework.mjs'),
    reporters: ['default', join(import.meta.dirname, 'left-out-reporter.mjs')],
  });
}

function outcomes(folder: string, report: string): Record<string, FileOutcome> {
  const { testResults } = JSON.parse(report) as {
    testResults: { name: string; message: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  return Object.fromEntries(
    testResults
      .map(({ name, message, assertionResults }): [string, FileOutcome] => [
        relative(folder, name),
        { message, tests: Object.fromEntries(assertionResults.map((test) => [test.fullName, test.status])) },
      ])
      .sort(([one], [other]) => one.localeCompare(other)),
  );
}
