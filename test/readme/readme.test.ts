import { resolve } from 'node:path';
import { createTestIssuer } from '@connect-auth/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BlockModule, typeCheckBlockModules, writeBlockModules } from './block-modules.js';
import { listeningBlocks } from './listening-blocks.js';
import { readWorkspaceBlocks } from './read-blocks.js';
import { listens, runAndProbe, runToEnd } from './run-block.js';
import { judgeShellLine, knownLines, shellLines } from './shell-lines.js';

const root = resolve(import.meta.dirname, '../..');
const blocks = readWorkspaceBlocks(root);
const inLanguage = (language: string) => blocks.filter((block) => block.language === language);

/** Output of a program, and requests and answers: shown, not run. */
const shownOnly = ['text', 'http'];

test('every code block is in a language that is checked or only shown, and some were found', () => {
  const unknown = blocks.filter(({ language }) => !['ts', 'sh', 'json', ...shownOnly].includes(language));
  expect(unknown.map(({ where, language }) => `${where}: "${language}"`)).toEqual([]);
  expect(blocks.filter(({ where }) => where.startsWith('README.md:')).length).toBeGreaterThan(0);
});

test('every json block parses', () => {
  const faults = inLanguage('json').flatMap(({ where, text }) => {
    try {
      JSON.parse(text);
      return [];
    } catch (error) {
      return [`${where}: ${error}`];
    }
  });
  expect(faults).toEqual([]);
});

test('every command line is known to work', () => {
  const lines = inLanguage('sh').flatMap(({ where, text }) => shellLines(text).map((line) => ({ where, line })));
  const faults = lines.flatMap(({ where, line }) => {
    const fault = judgeShellLine(root, line);
    return fault === undefined ? [] : [`${where}: ${line}: ${fault}`];
  });
  expect(faults).toEqual([]);
  const unused = Object.keys(knownLines).filter((known) => !lines.some(({ line }) => line === known));
  expect(unused).toEqual([]);
});

test('every entry of listening-blocks.ts belongs to a block that listens', () => {
  const named = inLanguage('ts')
    .filter(listens)
    .map(({ name }) => name);
  expect(Object.keys(listeningBlocks).filter((name) => !named.includes(name))).toEqual([]);
});

describe('every ts block', () => {
  let modules: BlockModule[];
  let issuer: Awaited<ReturnType<typeof createTestIssuer>>;

  beforeAll(async () => {
    modules = await writeBlockModules(inLanguage('ts'));
    issuer = await createTestIssuer({ port: 0 });
  });
  afterAll(() => issuer?.close());

  test('type-checks', () => {
    expect(typeCheckBlockModules(root)).toBe('');
  }, 60_000);

  test.each(inLanguage('ts').map(({ where, name }) => [where, name ?? 'no name']))(
    'runs: %s (%s)',
    async (where) => {
      const block = modules.find((module) => module.where === where) as BlockModule;
      if (!listens(block)) {
        expect(await runToEnd(block, issuer)).toMatchObject({ ended: 0 });
        return;
      }
      const probes = listeningBlocks[block.name ?? ''];
      if (probes === undefined)
        throw new Error(`${where} listens: name it, and say in listening-blocks.ts what it answers`);
      const answers = await runAndProbe(block, issuer, probes);
      expect(answers).toEqual(
        probes.map(({ status, challenge }) => ({
          status,
          challenge: challenge ? expect.stringMatching(challenge) : null,
        })),
      );
    },
    120_000,
  );
});
