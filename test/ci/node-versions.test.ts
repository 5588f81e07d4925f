import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { readWorkflow } from './read-workflow.js';

const root = resolve(import.meta.dirname, '../..');
const versions = readWorkflow('ci').jobs.check?.strategy?.matrix.node.map(String) ?? [];
const [lowest = '', ...others] = versions;
const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('CI runs on every Node.js with support, and on the oldest that the packages allow', () => {
  expect(versions).toEqual(['20.19', '22', '24', '26']);
});

test.each(['.', ...packages])('what is tested is what "engines" allows: %s', (folder) => {
  expect(JSON.parse(read(`${folder}/package.json`)).engines).toEqual({ node: `>=${lowest}.0` });
});

test.each(['README.md', 'CONTRIBUTING.md'])(
  '%s says what is tested, and that Node.js 20 is past its end of life',
  (file) => {
    const tested = `Node.js ${[`${lowest}+`, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)}`;
    expect(read(file)).toContain(tested);
    expect(read(file)).toContain('Node.js 20 is past its end of life');
  },
);
