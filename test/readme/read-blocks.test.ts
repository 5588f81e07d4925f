import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { readBlocks } from './read-blocks.js';
import { judgeShellLine, shellLines } from './shell-lines.js';

const root = resolve(import.meta.dirname, '../..');
const fence = '```';

test('reads language, name and place, indented and longer fences too', () => {
  const markdown = [
    `${fence}ts quick-start`,
    'const a = 1;',
    fence,
    `- item`,
    `  ${fence}ts more after quick-start`,
    '  const b = a;',
    `  ${fence}`,
    '````text',
    `${fence}ts`,
    '````',
    '~~~',
    '~~~',
  ].join('\n');
  expect(readBlocks('a.md', markdown)).toEqual([
    { where: 'a.md:1', language: 'ts', name: 'quick-start', after: undefined, text: 'const a = 1;\n' },
    { where: 'a.md:5', language: 'ts', name: 'more', after: 'quick-start', text: 'const b = a;\n' },
    { where: 'a.md:8', language: 'text', name: undefined, after: undefined, text: '```ts\n' },
    { where: 'a.md:11', language: '', name: undefined, after: undefined, text: '\n' },
  ]);
});

test('an open fence and an unknown word after the language are errors', () => {
  expect(() => readBlocks('a.md', `text\n${fence}ts\nconst a = 1;`)).toThrow('a.md:2: the code block is never closed');
  expect(() => readBlocks('a.md', `${fence}ts skip this\n${fence}`)).toThrow('write ```language');
});

test('a continued command is one line; comments are none', () => {
  expect(shellLines('# first\nnpm install \\\n  express   # the peer\n\n')).toEqual(['npm install express']);
});

test.each([
  'npm install @connect-auth/core',
  'npm install @connect-auth/express express@5',
  'npm install --save-dev @connect-auth/testing',
  'npx --yes pnpm@12 demo --once',
  'npx --yes -p node@24 node bench/run.mjs organization-frame',
  'bash .ci/run',
])('knows: %s', (line) => {
  expect(judgeShellLine(root, line)).toBeUndefined();
});

test.each([
  'npm install',
  'npm install @connect-auth/fastify',
  'npm install express-api',
  'npx --yes pnpm@12 start',
  'npx pnpm demo',
  'npx --yes -p node@24 node bench/no-such-file.mjs',
  'npx --yes -p node@24 npx pnpm@12 test',
  'bash no-such-file',
  'curl localhost:3000/projects',
])('refuses: %s', (line) => {
  expect(judgeShellLine(root, line)).toEqual(expect.any(String));
});
