/** Says at the end of a run what was left out of it, and why. */
import { relative } from 'node:path';

export default class LeftOutReporter {
  #rootDir;
  #namesTests;
  #leftOut;
  #byReason = new Map();

  /** `leftOut` are sentences on what the configuration left out. */
  constructor({ rootDir, testNamePattern }, { leftOut = [] }) {
    this.#rootDir = rootDir;
    this.#namesTests = Boolean(testNamePattern);
    this.#leftOut = leftOut;
  }

  onTestFileResult({ path }, { testResults, leftOut = [] }) {
    // Whoever asks for tests by name knows that the others do not run.
    if (this.#namesTests) return;
    const reasons = new Map(leftOut.map(({ title, reason }) => [title, reason]));
    for (const { status, ancestorTitles, title } of testResults) {
      if (status !== 'pending' && status !== 'todo') continue;
      const reason = reasons.get(ancestorTitles[0] ?? title) ?? `without a reason, in ${relative(this.#rootDir, path)}`;
      this.#byReason.set(reason, (this.#byReason.get(reason) ?? 0) + 1);
    }
  }

  onRunComplete() {
    const tests = [...this.#byReason].map(([reason, count]) => `${count} ${count === 1 ? 'test' : 'tests'}: ${reason}`);
    const lines = [...tests, ...this.#leftOut];
    if (lines.length > 0)
      process.stderr.write(`\nLeft out of this run:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
}
