/**
 * Jest's own runner, but for one thing: it gets groups of test files where it would get single ones. What is told of a group is
 * passed on file by file, so that reporters, counts and names are the same with groups and without.
 */
import { writeGroupFiles } from './group-file.mjs';
import { TestRunner } from './jest-parts.mjs';
import { makeGroups } from './make-groups.mjs';
import { TestsOfGroup } from './tests-of-group.mjs';

const events = ['test-file-start', 'test-file-success', 'test-file-failure', 'test-case-start', 'test-case-result'];

export default class GroupingRunner {
  supportsEventEmitters = true;
  #globalConfig;
  #runner;
  #listeners = new Map(events.map((event) => [event, new Set()]));

  constructor(globalConfig, context, options) {
    this.#globalConfig = globalConfig;
    this.#runner = new TestRunner(globalConfig, context, options);
  }

  on(event, listener) {
    this.#listeners.get(event).add(listener);
    return () => this.#listeners.get(event).delete(listener);
  }

  async runTests(tests, watcher, options) {
    const { rootDir } = this.#globalConfig;
    const groups = runsInGroups(this.#globalConfig) ? makeGroups(tests, rootDir) : tests.map((test) => [test]);
    const files = writeGroupFiles(
      groups.map((group) => group.map((test) => test.path)),
      rootDir,
    );
    const emit = this.#emit.bind(this);
    const pending = new Map(files.paths.map((path, index) => [path, new TestsOfGroup(groups[index], emit)]));
    const of = (path) => pending.get(path);

    this.#runner.on('group-file-start', ([path, file]) => of(path).start(file));
    this.#runner.on('group-file-success', ([path, file, result]) => of(path).succeed(file, result));
    this.#runner.on('group-file-failure', ([path, file, error]) => of(path).fail(file, error));
    this.#runner.on('test-file-success', ([{ path }]) => of(path).end(new Error('The group ended without it.')));
    this.#runner.on('test-file-failure', ([{ path }, error]) => of(path).end(error));
    for (const event of ['test-case-start', 'test-case-result']) this.#runner.on(event, (data) => emit(event, data));

    const asTests = files.paths.map((path, index) => ({
      path,
      context: groups[index][0].context,
      weight: weigh(groups[index]),
    }));
    try {
      await this.#runner.runTests(
        asTests.sort((one, other) => other.weight - one.weight),
        watcher,
        options,
      );
    } finally {
      files.remove();
    }
    if (!watcher.isInterrupted()) {
      await Promise.all([...pending.values()].map((group) => group.end(new Error('No group reported it.'))));
    }
  }

  async #emit(event, data) {
    for (const listener of this.#listeners.get(event)) await listener(data);
  }
}

/**
 * Files that are named on the command line run by themselves, as do those of a run that looks at single files: coverage, leaks and
 * open handles. `TEST_GROUPS=off` makes a whole run do the same.
 */
function runsInGroups({ testPathPatterns, collectCoverage, detectLeaks, detectOpenHandles }) {
  if (process.env.TEST_GROUPS === 'off' || collectCoverage || detectLeaks || detectOpenHandles) return false;
  return !testPathPatterns.isSet();
}

/** Tests come longest first, as far as Jest knows; the longest groups have to start first, too. */
function weigh(group) {
  return group.reduce((sum, test) => sum + (test.duration ?? 1_000), 0);
}
