import { expect, test } from '@jest/globals';
import { TestsOfGroup } from './tests-of-group.mjs';

const fileA = { path: 'a' };
const fileB = { path: 'b' };
const fileC = { path: 'c' };

test('what a worker that broke down did not report has failed, and nothing is reported twice', async () => {
  const told: unknown[] = [];
  const group = new TestsOfGroup([fileA, fileB, fileC], async (...event: unknown[]) => void told.push(event));
  group.start('a');
  group.succeed('a', 'result');
  group.start('b');
  const error = new Error('The worker is gone.');
  await group.end(error);
  await group.end(new Error('once more'));
  expect(told).toEqual([
    ['test-file-start', [fileA]],
    ['test-file-success', [fileA, 'result']],
    ['test-file-start', [fileB]],
    ['test-file-failure', [fileB, error]],
    ['test-file-start', [fileC]],
    ['test-file-failure', [fileC, error]],
  ]);
});

test('one event is told after the other, even if telling takes its time', async () => {
  const told: unknown[] = [];
  const turns = [3, 2, 1];
  const group = new TestsOfGroup([fileA], async (event: string) => {
    for (let turn = turns.pop() ?? 0; turn > 0; turn -= 1) await Promise.resolve();
    told.push(event);
  });
  group.start('a');
  await group.fail('a', new Error('no'));
  expect(told).toEqual(['test-file-start', 'test-file-failure']);
});
