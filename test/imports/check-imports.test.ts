import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

type Tree = Record<string, string>;

/** A workspace without a fault, in small: each case below adds or replaces files of it. */
const sound: Tree = {
  'packages/core/src/index.ts': `export { verify } from './verifier.js';\nexport type { Runtime } from './runtime/runtime.js';`,
  'packages/core/src/verifier.ts': `import { parse } from './token/parse.js';\nexport const verify = () => parse('');`,
  'packages/core/src/token/parse.ts': `import { fail } from '../errors/fail.js';\nimport { createHash } from 'node:crypto';\n
    // import { never } from './read/in-a-comment.js'; Date.now()
    export const parse = (text: string) => createHash('sha256').update(text + "import('./read-in-a-string.js')") ?? fail();`,
  'packages/core/src/errors/fail.ts': `export const fail = () => { throw new Error(); };`,
  'packages/core/src/runtime/runtime.ts': `export interface Runtime { now(): number; setTimeout: typeof setTimeout }
    export const runtime: Runtime = { now: () => Date.now(), setTimeout };`,
  'packages/isolation/src/index.ts': `import type { Runtime } from '@connect-auth/core';\nexport const frame = (runtime: Runtime) => runtime;`,
  'packages/express/src/index.ts': `import { frame } from '@connect-auth/isolation';\nimport express from 'express';\nexport const app = () => [express, frame];`,
  'packages/express/test/app.test.ts': `import { app } from '../src/index.js';\nimport '@connect-auth/testing';\napp();`,
  'packages/express/package.json': `{ "exports": { "./frame": { "@connect-auth/source": "./src/frame.ts" } } }`,
  'packages/express/src/frame.ts': `export { frame } from '@connect-auth/isolation';`,
  'packages/passport/test/strategy.test.ts': `import '../../express/test/app.test.js';`,
  'examples/express-api/src/app.ts': `import { app } from '@connect-auth/express';\nexport const run = () => app();`,
};

const core = (path: string, text: string): Tree => ({ [`packages/core/src/${path}`]: text });
const server = (path: string, text: string): Tree => ({ [`packages/authorization-server/src/${path}`]: text });

const faulty: [rule: string, what: string, tree: Tree][] = [
  ['core-imports-nothing', 'a package', core('auth/a.ts', `import '@connect-auth/isolation';`)],
  [
    'core-imports-nothing',
    'an npm module',
    core('auth/a.ts', `import {\n  decodeJwt,\n} from 'jose';\nexport const a = decodeJwt;`),
  ],
  ['core-imports-nothing', 'a built-in without node:', core('auth/a.ts', `import 'crypto';`)],
  ['core-imports-nothing', 'import()', core('auth/a.ts', `export const a = () => import('jose');`)],
  ['core-imports-nothing', 'a type', core('auth/a.ts', `export type A = import('jose').JWK;`)],
  [
    'package-direction',
    'upwards',
    { 'packages/isolation/src/a.ts': `export const a = 1;\nexport { app } from '@connect-auth/express';` },
  ],
  [
    'package-direction',
    'sideways',
    { 'packages/passport/src/a.ts': `import type { A } from '@connect-auth/express';\nexport const a = (b: A) => b;` },
  ],
  ['package-direction', 'an adapter', { 'packages/authorization-server/src/a.ts': `import '@connect-auth/nestjs';` }],
  [
    'test-kit-in-source',
    'of an example',
    { 'examples/express-api/src/a.ts': `import '@connect-auth/test-kit/free-port';` },
  ],
  ['test-kit-in-source', 'of a package', { 'packages/express/src/a.ts': `import '@connect-auth/test-kit/until';` }],
  ['unknown-package', 'no row for it', { 'packages/graphql/src/a.ts': `export const a = 1;` }],
  ['deep-import', 'into src/', { 'examples/express-api/src/a.ts': `import '@connect-auth/core/src/verifier.js';` }],
  ['deep-import', 'by a relative path', { 'packages/express/src/a.ts': `import '../../core/src/verifier.js';` }],
  ['deep-import', 'from a test', { 'packages/express/test/a.test.ts': `import '../../core/src/verifier.js';` }],
  [
    'deep-import',
    'from source into tests',
    { 'packages/express/src/a.ts': `import '../../core/test/b.js';`, 'packages/core/test/b.ts': 'export const b = 1;' },
  ],
  [
    'folder-direction',
    'access from token',
    { ...core('access/a.ts', `export const a = 1;`), ...core('token/b.ts', `import '../access/a.js';`) },
  ],
  [
    'folder-direction',
    'the spine from a stage',
    core('auth/a.ts', `import type { verify } from '../verifier.js';\nexport type A = typeof verify;`),
  ],
  [
    'folder-direction',
    'the domain from the management API',
    {
      ...server('management/errors/a.ts', `export const a = 1;`),
      ...server('directory/b.ts', `import '../management/errors/a.js';`),
    },
  ],
  [
    'folder-direction',
    'the OAuth endpoints from the server',
    {
      ...server('server/server.ts', `export interface Server { a: 1 }`),
      ...server('oauth/engine/a.ts', `import type { Server } from '../../server/server.js';\nexport type A = Server;`),
    },
  ],
  [
    'folder-direction',
    'a folder from the root of src/',
    { ...server('index.ts', `export const a = 1;`), ...server('command/a.ts', `import '../index.js';`) },
  ],
  ['unknown-folder', 'no row for it', core('novelty/a.ts', `export const a = 1;`)],
  ['unknown-folder', 'of the authorization server', server('provider/a.ts', `export const a = 1;`)],
  ['world-outside-runtime', 'Date.now', core('claims/a.ts', `export const a = () => Date.now();`)],
  ['world-outside-runtime', 'new Date()', core('claims/a.ts', `export const a = () => new Date();`)],
  ['world-outside-runtime', 'Math.random', core('cache/a.ts', `export const a = () => Math['random']();`)],
  ['world-outside-runtime', 'fetch', core('keys/a.ts', `export const a = () => fetch('');`)],
  ['world-outside-runtime', 'globalThis.fetch', core('keys/a.ts', `export const a = () => globalThis.fetch('');`)],
  ['world-outside-runtime', 'a timer', core('keys/a.ts', `export const a = { wait: setTimeout };`)],
  [
    'world-outside-runtime',
    'a setInterval',
    core('verifier.ts', `export const verify = () => setInterval(() => {}, 1);`),
  ],
  [
    'world-outside-runtime',
    'node:https',
    core('keys/a.ts', `import { get } from 'node:https';\nexport const a = get;`),
  ],
  ['world-outside-runtime', 'node:timers/promises', core('keys/a.ts', `import 'node:timers/promises';`)],
  ['cycle', 'of two files', { ...core('keys/a.ts', `import './b.js';`), ...core('keys/b.ts', `import './a.js';`) }],
  [
    'cycle',
    'of types only',
    {
      ...core('keys/a.ts', `import type { B } from '../claims/b.js';\nexport type A = B[];`),
      ...core('claims/b.ts', `export type B = import('../keys/c.js').C;`),
      ...core('keys/c.ts', `import type { A } from './a.js';\nexport type C = { a: A };`),
    },
  ],
  ['barrel', 'index.ts in a folder', core('keys/index.ts', `export const a = 1;`)],
  ['barrel', 'by another name', core('keys/a.ts', `export * from '../errors/fail.js';`)],
  [
    'barrel',
    'not among the entries',
    { 'packages/express/src/b.ts': `export { frame } from '@connect-auth/isolation';` },
  ],
  ['barrel', 'import, then export', core('keys/a.ts', `import { fail } from '../errors/fail.js';\nexport { fail };`)],
  ['drawer-name', 'utils.ts', core('keys/utils.ts', `export const a = 1;`)],
  ['drawer-name', 'helpers.ts beside a test', { 'packages/core/test/helpers.ts': `export const a = 1;` }],
  ['unresolved-import', 'no such file', core('keys/a.ts', `import './b.js';`)],
  ['unresolved-import', 'a computed name', core('keys/a.ts', `export const a = (name: string) => import(name);`)],
  ['too-little-read', 'a package without sources', { 'packages/redis/src/README.md': 'empty' }],
];

describe('import check', () => {
  test('a sound workspace passes, and what was read is counted', () => {
    const { status, stdout, stderr } = check(sound);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^imports: 11 files, 13 imports, 0 faults/);
  });

  test.each(faulty)('%s: %s', (rule, _what, tree) => {
    const { status, stderr } = check({ ...sound, ...tree });
    expect(rulesIn(stderr)).toEqual([rule]);
    expect(status).toBe(1);
  });

  test('too-little-read: fewer files than expected, or none', () => {
    expect(rulesIn(check(sound, 12).stderr)).toEqual(['too-little-read']);
    expect(check({}, 0)).toMatchObject({ status: 1, stderr: expect.stringContaining('read 0 files and 0 imports') });
  });
});

function check(tree: Tree, leastFiles = 9) {
  const root = mkdtempSync(join(tmpdir(), 'check-imports-'));
  try {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const script = join(import.meta.dirname, 'check-imports.mjs');
    return spawnSync(process.execPath, [script, root, `--least-files=${leastFiles}`], { encoding: 'utf8' });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const rulesIn = (stderr: string) => [...new Set(stderr.match(/^[a-z-]+(?=: )/gm))];
