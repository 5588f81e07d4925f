/** The tests of one group while it runs: which of them are not reported yet, and one event after the other, in order. */
export class TestsOfGroup {
  #waiting;
  #emit;
  #last = Promise.resolve();

  constructor(tests, emit) {
    this.#waiting = new Map(tests.map((test) => [test.path, { test, started: false }]));
    this.#emit = emit;
  }

  start(path) {
    const entry = this.#waiting.get(path);
    entry.started = true;
    return this.#next('test-file-start', [entry.test]);
  }

  succeed(path, result) {
    return this.#next('test-file-success', [this.#take(path), result]);
  }

  fail(path, error) {
    return this.#next('test-file-failure', [this.#take(path), error]);
  }

  /** Whatever is left has no result, and that is a failure: a worker that broke down takes its whole group with it. */
  end(error) {
    for (const [path, { started }] of [...this.#waiting]) {
      if (!started) this.start(path);
      this.fail(path, error);
    }
    return this.#last;
  }

  #take(path) {
    const { test } = this.#waiting.get(path);
    this.#waiting.delete(path);
    return test;
  }

  #next(event, data) {
    this.#last = this.#last.then(() => this.#emit(event, data));
    return this.#last;
  }
}
