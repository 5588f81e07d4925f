import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import config, { smokeOnNest11 } from '../../jest.config.js';
import { filesThatRunAlone } from './files-that-run-alone.mjs';
import { makeGroups } from './make-groups.mjs';

const root = resolve(import.meta.dirname, '../..');

interface Test {
  readonly path: string;
  readonly context: { readonly config: { readonly id: string } };
}

const testsOf = (id: string, paths: string[]): Test[] =>
  paths.map((path) => ({ path: join(root, path), context: { config: { id } } }));

const skipped = ['node_modules', 'dist', 'fixtures', '.generated'];

function findTestFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.includes(entry.name) ? [] : findTestFiles(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

const testFiles = ['packages', 'examples', 'test'].flatMap(findTestFiles);

test('every test file of the repository is in exactly one group, and in a project', () => {
  const groups: Test[][] = makeGroups(testsOf('one', testFiles), root);
  expect(testFiles.length).toBeGreaterThan(300);
  expect(
    groups
      .flat()
      .map(({ path }) => relative(root, path))
      .sort(),
  ).toEqual([...testFiles].sort());
  const folders = (config.projects as { rootDir: string }[]).map(({ rootDir }) => rootDir.replace('<rootDir>/', ''));
  expect(testFiles.filter((file) => !folders.some((folder) => file.startsWith(`${folder}/`)))).toEqual([]);
});

describe('a group', () => {
  test('holds files of one project', () => {
    const tests = [...testsOf('one', ['a.test.ts', 'c.test.ts']), ...testsOf('two', ['a.test.ts', 'b.test.ts'])];
    expect(namesOf(makeGroups(tests, root))).toEqual(['one a c', 'two a b']);
  });

  test('holds neighbours, and no more than the limit', () => {
    const tests = testsOf('one', ['x/b.test.ts', 'y/a.test.ts', 'x/a.test.ts', 'y/b.test.ts', 'z/a.test.ts']);
    expect(namesOf(makeGroups(tests, root, 2))).toEqual(['one x/a x/b', 'one y/a', 'one y/b z/a']);
  });

  test('is one file, where the file has to run alone', () => {
    const alone = Object.keys(filesThatRunAlone);
    const groups: Test[][] = makeGroups(testsOf('one', ['a.test.ts', ...alone, 'b.test.ts']), root);
    expect(namesOf(groups)).toEqual([...alone.map((file) => `one ${file.replace('.test.ts', '')}`), 'one a b']);
  });

  function namesOf(groups: Test[][]): string[] {
    const nameOf = ({ path }: Test) => relative(root, path).replace('.test.ts', '');
    return groups.map((group) => [group[0]?.context.config.id, ...group.map(nameOf)].join(' '));
  }
});

test('the lists name files that are there', () => {
  const listed = [
    ...Object.keys(filesThatRunAlone),
    ...smokeOnNest11.map((name) => `packages/nestjs/test/${name}.test.ts`),
  ];
  expect(listed.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
