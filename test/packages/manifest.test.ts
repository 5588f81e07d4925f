import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

interface Manifest {
  name: string;
  private?: boolean;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  [field: string]: unknown;
}

const root = resolve(import.meta.dirname, '../..');
const read = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
const subfolders = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);

const packages = subfolders('packages').map((folder) => ({ folder, name: read(folder).name }));
/** What a package has besides. */
const ownFiles: Record<string, string[]> = {
  'packages/postgres': ['bin'],
  'packages/authorization-server': ['bin', 'migrations', '!migrations/meta/*_snapshot.json'],
};
const everyManifest = ['.', ...subfolders('packages'), ...subfolders('examples')];

test('there are packages to look at', () => {
  expect(packages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['@connect-auth/core', '@connect-auth/express', '@connect-auth/testing']),
  );
});

describe.each(packages)('$name', ({ folder }) => {
  const manifest = read(folder);

  test('is published as the others are', () => {
    expect(manifest).toMatchObject({
      name: `@connect-auth/${folder.replace('packages/', '')}`,
      version: expect.any(String),
      description: expect.stringMatching(/\.$/),
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20.19.0' },
      files: ['dist', '!dist/.tsbuildinfo', ...(ownFiles[folder] ?? []), 'README.md', 'CHANGELOG.md', 'LICENSE'],
    });
    expect(manifest.private).toBeUndefined();
  });

  test('exports its sources to the workspace, its build to users', () => {
    const built = { types: './dist/index.d.ts', default: './dist/index.js' };
    expect(manifest.exports).toMatchObject({
      '.': { '@connect-auth/source': './src/index.ts', ...built },
      './package.json': './package.json',
    });
    expect(manifest.publishConfig).toMatchObject({
      access: 'public',
      exports: { '.': built, './package.json': './package.json' },
    });
    expect(JSON.stringify(manifest.publishConfig)).not.toContain('/src/');
    // Each entry, and not the main one alone.
    const withoutSource = JSON.parse(JSON.stringify(manifest.exports), (key, value) =>
      key === '@connect-auth/source' ? undefined : value,
    );
    expect(manifest.publishConfig).toHaveProperty('exports', withoutSource);
  });

  test('carries its README and the license', () => {
    // The workspace's LICENSE gets into each tarball by pnpm; npm pack would leave it out.
    const packed = spawnSync('pnpm', ['pack', '--dry-run', '--json'], { cwd: join(root, folder), encoding: 'utf8' });
    expect(packed.error).toBeUndefined();
    const paths = (JSON.parse(packed.stdout).files as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json', 'dist/index.js']));
    expect(paths.filter((path) => /(^|\/)(test|src)\/|\.test\.|tsbuildinfo|\.map$/.test(path))).toEqual([]);
  });
});

test('core has no runtime dependency of any kind', () => {
  const core = read('packages/core');
  const kinds = [
    'dependencies',
    'peerDependencies',
    'optionalDependencies',
    'bundleDependencies',
    'bundledDependencies',
  ];
  expect(kinds.filter((kind) => kind in core)).toEqual([]);
});

test.each(everyManifest)('%s runs nothing when it is installed', (folder) => {
  const onInstall = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'prepublish'];
  expect(onInstall.filter((script) => script in (read(folder).scripts ?? {}))).toEqual([]);
});
