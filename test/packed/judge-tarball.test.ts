import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { judgeTarball } from './judge-tarball.mjs';

const sound = {
  name: '@connect-auth/core',
  folder: resolve(import.meta.dirname, '../../packages/core'),
  files: ['LICENSE', 'README.md', 'dist/index.d.ts', 'dist/index.js', 'package.json'],
  manifest: { exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } },
};

test('a sound package has no fault', () => {
  expect(judgeTarball(sound)).toEqual([]);
});

test.each([
  ['no license', { files: sound.files.filter((path) => path !== 'LICENSE') }, 'LICENSE is missing'],
  ['a test', { files: [...sound.files, 'dist/index.test.js'] }, 'dist/index.test.js does not belong'],
  ['a build record', { files: [...sound.files, 'dist/.tsbuildinfo'] }, 'dist/.tsbuildinfo does not belong'],
  ['a source map', { files: [...sound.files, 'dist/index.js.map'] }, 'dist/index.js.map does not belong'],
  ['a left-over', { files: [...sound.files, 'dist/gone.js'] }, 'dist/gone.js has no source any more'],
  [
    'an install script',
    { manifest: { ...sound.manifest, scripts: { postinstall: 'x' } } },
    'has a "postinstall" script',
  ],
  [
    'a workspace range',
    { manifest: { ...sound.manifest, devDependencies: { a: 'workspace:^' } } },
    'cannot be resolved',
  ],
  ['a catalog range', { manifest: { ...sound.manifest, devDependencies: { a: 'catalog:' } } }, 'cannot be resolved'],
  ['exports of sources', { manifest: { exports: { '.': './src/index.ts' } } }, 'exports lead to sources'],
  ['a dependency of core', { manifest: { ...sound.manifest, dependencies: { jose: '^6.0.0' } } }, 'core has none'],
  ['a peer of core', { manifest: { ...sound.manifest, peerDependencies: { jose: '^6.0.0' } } }, 'core has none'],
])('%s', (_what, change, fault) => {
  const faults: string[] = judgeTarball({ ...sound, ...change });
  expect(faults.filter((text) => text.includes(fault))).toHaveLength(1);
});
