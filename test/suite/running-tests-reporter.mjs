/** Keeps a list on disk of the test files that run at the moment, each with its test: what a run that hangs cannot say itself. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Files are written down at once. Tests come by the thousand, and one that hangs is there longer than this. */
const intervalMs = 1_000;

export default class RunningTestsReporter {
  #file;
  #rootDir;
  #running = new Map();
  #timer;

  constructor({ rootDir }, { file }) {
    this.#rootDir = rootDir;
    this.#file = file;
  }

  onRunStart() {
    this.#write();
    this.#timer = setInterval(() => this.#write(), intervalMs);
    this.#timer.unref();
  }

  onTestFileStart({ path, context }) {
    const { displayName } = context.config;
    this.#running.set(keyOf({ path, context }), { path, project: displayName?.name, test: '' });
    this.#write();
  }

  /** Jest does not say in which project. */
  onTestCaseStart({ path }, { fullName }) {
    for (const entry of this.#running.values()) {
      if (entry.path === path) entry.test = fullName;
    }
  }

  onTestFileResult(test) {
    this.#running.delete(keyOf(test));
    this.#write();
  }

  onRunComplete() {
    clearInterval(this.#timer);
    this.#write();
  }

  #write() {
    const lines = [...this.#running.values()].map(
      ({ path, project, test }) => `  ${project}: ${relative(this.#rootDir, path)}${test && ` › ${test}`}\n`,
    );
    writeFileSync(this.#file, lines.join(''));
  }
}

function keyOf({ path, context }) {
  return `${context.config.id} ${path}`;
}
