/**
 * The test framework of each project: jest-circus, once for each file of a group. All files share the environment and the modules
 * of libraries and packages; the files themselves and what lies beside them in `test` folders are loaded anew for each.
 */
import { closeFile } from './close-file.mjs';
import { endContexts } from './end-contexts.mjs';
import { isGroupFile, readGroupFile } from './group-file.mjs';
import { runTestFile } from './jest-parts.mjs';
import { compareProcessState, takeProcessState } from './process-state.mjs';
import { reuseKeyPairs } from './reuse-key-pairs.mjs';
import { watchLeftOut } from './watch-left-out.mjs';

export default async function runGroup(globalConfig, config, environment, runtime, path, send) {
  const run = (file) => runFile(globalConfig, config, environment, runtime, file, send);
  if (!isGroupFile(path)) return run(path);
  const { console } = environment.global;
  const files = readGroupFile(path);
  for (const file of files) {
    await send('group-file-start', [path, file]);
    const [start, printed] = [Date.now(), console.getBuffer?.()?.length ?? 0];
    const before = takeProcessState(environment.global);
    try {
      const result = await run(file);
      closeFile(environment, runtime);
      if (files.length > 1) reportChanges(result, compareProcessState(before, environment.global));
      complete(result, { config, start, console: console.getBuffer?.()?.slice(printed) });
      await send('group-file-success', [path, file, result]);
    } catch ({ code, message, stack }) {
      closeFile(environment, runtime);
      await send('group-file-failure', [path, file, { code, message, stack, type: 'Error' }]);
    }
  }
  return emptyResult();
}

async function runFile(globalConfig, config, environment, runtime, file, send) {
  // Between two tests nothing may be imported. Between two files, the next one is.
  runtime.enterTestCode();
  reuseKeyPairs();
  const endWatch = watchLeftOut(process.stdout);
  try {
    const result = await withoutCallers(() => runTestFile(globalConfig, config, environment, runtime, file, send));
    return Object.assign(result, { leftOut: endWatch() });
  } finally {
    endWatch();
    endContexts();
  }
}

/** Keeps the functions of this file out of the stacks of tests: Jest would show one of them as the place of a failure. */
function withoutCallers(run) {
  return new Promise((resolve, reject) => {
    run().then(
      (result) => resolve(result),
      (error) => reject(error),
    );
  });
}

/** A file that leaves something behind fails, for the next one is to find what it would find by itself. */
function reportChanges(result, changes) {
  if (changes.length === 0) return;
  const message = `This file changes what the files after it share, and does not put it back: ${changes.join(', ')}.`;
  result.testExecError = { message, stack: message };
  result.failureMessage = `${result.failureMessage ?? ''}\n  ● ${message}\n`;
}

/** What Jest adds to the result of each file, outside of the framework. */
function complete(result, { config, start, console }) {
  const end = Date.now();
  const slow = (end - start) / 1_000 > config.slowTestThreshold;
  Object.assign(result.perfStats, { start, end, runtime: end - start, slow });
  result.console = console?.length > 0 ? console : undefined;
  result.displayName = config.displayName;
  result.leaks = false;
  result.skipped = result.testResults.length === result.numPendingTests;
}

/** The group itself has none: each of its files has its own. */
function emptyResult() {
  return {
    testResults: [],
    perfStats: {},
    numPassingTests: 0,
    numFailingTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
  };
}
