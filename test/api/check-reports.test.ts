import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const manifest = (name: string, entries: Record<string, string>, more: object = {}) =>
  JSON.stringify({
    name: `@fixture/${name}`,
    version: '1.0.0',
    type: 'module',
    exports: {
      ...Object.fromEntries(Object.entries(entries).map(([path, types]) => [path, { types, default: './none.js' }])),
      './package.json': './package.json',
    },
    ...more,
  });
const root = { '.': './dist/index.d.ts' };
const isEven = 'export declare function isEven(value: number): boolean;\n';

/** Packages as they are before and after a change; a package without an `after` stays as it is. */
const before: Record<string, string> = {
  'steady/package.json': manifest('steady', root),
  'steady/dist/index.d.ts': `/** Tells whether the value is even. */\n${isEven}`,
  'changed/package.json': manifest('changed', { ...root, './adapter': './dist/adapter.d.ts' }),
  'changed/dist/index.d.ts': isEven,
  'changed/dist/adapter.d.ts': isEven,
  'inner/package.json': manifest('inner', root),
  'inner/dist/index.d.ts': `export { read } from './read.js';\n`,
  'inner/dist/read.d.ts': `interface Options {\n  limit?: number;\n}\nexport declare function read(options: Options): void;\n`,
  'shrunk/package.json': manifest('shrunk', { ...root, './cache': './dist/deep/cache.d.ts' }),
  'shrunk/dist/index.d.ts': isEven,
  'shrunk/dist/deep/cache.d.ts': isEven,
  'grown/package.json': manifest('grown', root),
  'grown/dist/index.d.ts': isEven,
  'private/package.json': manifest('private', root, { private: true }),
};
const after: Record<string, string> = {
  'steady/dist/index.d.ts': `\n\n/** Says whether the value is even, in other words and on another line. */\n${isEven}`,
  'changed/dist/adapter.d.ts': 'export declare function isEven(value: number | bigint): boolean;\n',
  'inner/dist/read.d.ts': `interface Options {\n  limit: number;\n}\nexport declare function read(options: Options): void;\n`,
  'shrunk/package.json': manifest('shrunk', root),
  'grown/package.json': manifest('grown', { ...root, './extra': './dist/extra.d.ts' }),
  'grown/dist/extra.d.ts': isEven,
};

describe('the check of the API reports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-reports-'));
  let written: ReturnType<typeof run>;
  let unchanged: ReturnType<typeof run>;
  let changed: ReturnType<typeof run>;

  beforeAll(() => {
    write(folder, before);
    written = run(folder, '--update');
    unchanged = run(folder);
    write(folder, after);
    changed = run(folder);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a report is written for each entry of each published package', () => {
    expect(written).toEqual({ status: 0, stderr: '', stdout: 'api: 7 reports written, 0 removed\n' });
    expect(existsSync(join(folder, 'packages/private/api'))).toBe(false);
    const report = readFileSync(join(folder, 'packages/changed/api/adapter.api.md'), 'utf8');
    expect(report).toContain('"@fixture/changed/adapter"');
    expect(report).toContain('export function isEven(value: number): boolean;');
  });

  test('it passes on what is as its reports say', () => {
    expect(unchanged).toEqual({ status: 0, stderr: '', stdout: 'api: 7 entries, 0 faults\n' });
  });

  test('it fails on a changed declaration, and shows the lines', () => {
    expect(changed.status).toBe(1);
    expect(changed.stderr).toContain(
      [
        'api: packages/changed/api/adapter.api.md: @fixture/changed/adapter has changed',
        '    - export function isEven(value: number): boolean;',
        '    + export function isEven(value: number | bigint): boolean;',
        'api: packages/grown/',
      ].join('\n'),
    );
  });

  test('it fails on a changed type that is named and not exported', () => {
    expect(changed.stderr).toMatch(/inner\/api\/index\.api\.md: .*\n.*- {5}limit\?: number;\n.*\+ {5}limit: number;/);
  });

  test('it fails on an entry without a report, and on a report without an entry', () => {
    expect(changed.stderr).toContain('packages/grown/api/extra.api.md: no report of @fixture/grown/extra is committed');
    expect(changed.stderr).toContain('packages/shrunk/api/cache.api.md: the report of an entry that is gone');
  });

  test('it names nothing else, and says what to do', () => {
    expect(changed.stderr.match(/^api: packages\/[^:]+/gm)).toHaveLength(4);
    expect(changed.stderr).toMatch(/run pnpm api:update and commit what it writes\n$/);
  });

  test('an update writes what has changed, and removes the report of an entry that is gone', () => {
    expect(run(folder, '--update').stdout).toBe('api: 7 reports written, 1 removed\n');
    expect(existsSync(join(folder, 'packages/shrunk/api/cache.api.md'))).toBe(false);
    const report = readFileSync(join(folder, 'packages/changed/api/adapter.api.md'), 'utf8');
    expect(report).toContain('value: number | bigint');
  });
});

test.each([
  ['that is not built', { 'one/package.json': manifest('one', root) }, /not built: .*one\/dist\/index\.d\.ts/],
  ['that is private', { 'one/package.json': manifest('one', root, { private: true }) }, /no published entry was found/],
])('the check fails where there is only a package %s', (_what, files, reason) => {
  const folder = mkdtempSync(join(tmpdir(), 'check-reports-'));
  try {
    write(folder, files);
    expect(run(folder)).toMatchObject({ status: 1, stderr: expect.stringMatching(reason) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function write(folder: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'packages', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function run(folder: string, ...options: string[]) {
  const script = join(import.meta.dirname, 'check-reports.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder, ...options], { encoding: 'utf8' });
  return { status, stdout, stderr };
}
