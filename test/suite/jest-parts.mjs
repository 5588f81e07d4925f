/** Jest's own runner and framework, found the way Jest finds them: another copy of them would be another version one day. */
import { createRequire } from 'node:module';

const fromCore = beside(beside(import.meta.url).resolve('jest')).resolve('@jest/core');

export const TestRunner = beside(fromCore)('jest-runner').default;
export const runTestFile = beside(beside(fromCore).resolve('jest-config'))('jest-circus/runner').default;

function beside(path) {
  return createRequire(path);
}
