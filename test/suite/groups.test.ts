import { describe, expect, test } from '@jest/globals';
import { runJest } from './run-jest.js';

const from = `import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';`;

/** A library counts who uses it, and lies in a folder whose modules are kept. The kit has hooks, and state of its own. */
const library = { 'src/library.mjs': 'export const library = { users: 0 };' };
const kit = {
  'test/kit.mjs': `${from}
    export const opened = [];
    export const closed = [];
    afterEach(() => closed.push(...opened.splice(0)));`,
};

test('files share libraries, and nothing of their kit', () => {
  const file = `${from}
    import { library } from '../src/library.mjs';
    import { closed, opened } from './kit.mjs';
    library.users += 1;
    test('user ' + library.users, () => { expect(closed).toEqual([]); opened.push('it'); });
    test('closes', () => expect(closed).toEqual(['it']));`;
  const files = { ...library, ...kit, 'test/a.test.mjs': file, 'test/b.test.mjs': file };
  const together = runJest(files).files;
  expect(Object.values(together).map(({ tests }) => tests)).toEqual([
    { 'user 1': 'passed', closes: 'passed' },
    { 'user 2': 'passed', closes: 'passed' },
  ]);
  const alone = { 'user 1': 'passed', closes: 'passed' };
  expect(runJest(files, [], { TEST_GROUPS: 'off' }).files['test/b.test.mjs']?.tests).toEqual(alone);
  expect(runJest(files, ['test/a', 'test/b']).files['test/b.test.mjs']?.tests).toEqual(alone);
});

describe('a file that fails', () => {
  const good = `${from} test('is good', () => expect(Date.now()).toBeGreaterThan(1));`;
  const bad: Record<string, string> = {
    'b1.test.mjs': `${from} describe('one', () => test('of two', () => expect(1).toBe(2))); test('other', () => undefined);`,
    'b2.test.mjs': `${from} throw new Error('cannot be loaded');`,
    'b3.test.mjs': `${from} import './nowhere.mjs';`,
    'b4.test.mjs': from,
    'b5.test.mjs': `${from} afterAll(() => { throw new Error('cannot be closed'); }); test('before', () => undefined);`,
    'b6.test.mjs': `${from} test('twice', () => undefined); test('nested', () => test('in it', () => undefined));`,
  };
  const files = { 'a.test.mjs': good, ...bad, 'c.test.mjs': good };

  test('does so by its own name, as it does by itself, and spares the files around it', () => {
    const { status, files: together } = runJest(files);
    const { files: alone } = runJest(files, [], { TEST_GROUPS: 'off' });
    expect(status).toBe(1);
    expect(summaryOf(together)).toEqual(summaryOf(alone));
    expect(together['c.test.mjs']).toEqual({ message: '', tests: { 'is good': 'passed' } });
    expect(together['b1.test.mjs']?.tests).toEqual({ 'one of two': 'failed', other: 'passed' });
    expect(together['b2.test.mjs']?.message).toContain('cannot be loaded');
    expect(together['b4.test.mjs']?.message).toContain('must contain at least one test');
  });

  test('is shown at the line of its test, also when it runs out of time', () => {
    const slow = `${from}\n\ntest('never ends', () => new Promise(() => undefined), 20);`;
    const message = runJest({ 'a.test.mjs': good, 'b.test.mjs': slow }).files['b.test.mjs']?.message ?? '';
    expect(message).toContain('b.test.mjs:3:1');
    expect(message).not.toContain('group-framework');
  });

  function summaryOf(outcome: ReturnType<typeof runJest>['files']) {
    return Object.entries(outcome).map(([name, { tests, message }]) => [name, tests, firstLines(message)]);
  }

  /** Stacks differ in the frames of whoever called the framework. */
  function firstLines(message: string): string[] {
    return message.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  }
});

describe('what a file leaves behind', () => {
  test('fails that file, by name', () => {
    const left = {
      'a global': [`globalThis.left = 1;`, 'left'],
      'a global replaced': [`globalThis.structuredClone = () => undefined;`, 'structuredClone'],
      'a variable of the environment': [`process.env.LEFT = '1';`, 'process.env.LEFT'],
      'a listener': [`process.on('warning', () => undefined);`, 'listeners of process for warning'],
      'a prototype changed': [`Array.prototype.left = () => undefined;`, 'Array.prototype.left'],
      'Date.now replaced': [`Date.now = () => 1;`, 'Date.now'],
      nothing: ['', undefined],
    };
    const files = Object.entries(left).map(([title, [statement]], index) => [
      `${index}.test.mjs`,
      `${from} test('${title}', () => { ${statement} });`,
    ]);
    const { status, files: outcome } = runJest(Object.fromEntries(files));
    const told = Object.values(outcome).map(({ tests, message }) => [
      Object.keys(tests)[0],
      [left[Object.keys(tests)[0] as keyof typeof left][0], /does not put it back: (.*)\.\n/.exec(message)?.[1]],
    ]);
    expect(Object.fromEntries(told)).toEqual(left);
    expect(status).toBe(1);
  });

  test('is put back where Jest made it: spies, timers, modules', () => {
    const files = {
      'a.test.mjs': `${from}
        jest.spyOn(Date, 'now').mockReturnValue(1);
        jest.spyOn(process, 'emitWarning');
        test('spies', () => expect(Date.now()).toBe(1));
        test('stops time', () => { jest.useFakeTimers({ now: 5 }); expect(Date.now()).toBe(5); });`,
      'b.test.mjs': `${from}
        test('nobody spies', () => expect(jest.isMockFunction(process.emitWarning)).toBe(false));
        test('time goes on', () => expect(Date.now()).toBeGreaterThan(1e12));`,
    };
    const { status } = runJest(files);
    expect(status).toBe(0);
  });
});

test('key pairs are made once for all files, and no file gets one twice', () => {
  const file = `${from}
    import { generateKeyPairSync } from 'node:crypto';
    import { library } from './src/library.mjs';
    const rsa = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
    const make = async () => [
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }).n,
      (await crypto.subtle.exportKey('jwk', (await crypto.subtle.generateKey(rsa, true, ['sign', 'verify'])).publicKey)).n,
    ];
    test('keys', async () => {
      const keys = [...(await make()), ...(await make())];
      expect(new Set(keys).size).toBe(4);
      library.keys ??= keys;
      expect(keys).toEqual(library.keys);
    });
    test('of other kinds are always made', () => {
      const x = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }).x;
      library.others = [...(library.others ?? []), x(), x()];
      expect(new Set(library.others).size).toBe(library.others.length);
    });`;
  const { files } = runJest({ ...library, 'a.test.mjs': file, 'b.test.mjs': file });
  expect(Object.values(files).map(({ message }) => message)).toEqual(['', '']);
});

test('what is skipped is said at the end, with its reason', () => {
  const { output } = runJest({
    'a.test.mjs': `${from}
      process.stdout.write('skipped, since there is no Redis at REDIS_URL: a queue\\n');
      describe.skip('a queue', () => { test('one', () => undefined); test('two', () => undefined); });
      test('runs', () => undefined);`,
    'b.test.mjs': `${from} test('runs', () => undefined); test.skip('does not', () => undefined);`,
  });
  expect(output).toContain(
    'Left out of this run:\n  2 tests: there is no Redis at REDIS_URL\n  1 test: without a reason, in b.test.mjs\n',
  );
});
