/** Runs one task after another, each once the one before it has ended, in success or failure. */
export class QueryQueue {
  #tail: Promise<void> | undefined;

  /** Resolves when the queue is empty; undefined if it is. */
  get tail(): Promise<void> | undefined {
    return this.#tail;
  }

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    const before = this.#tail;
    let finish = () => {};
    const ended = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.#tail = ended;
    try {
      if (before !== undefined) await before;
      return await task();
    } finally {
      if (this.#tail === ended) this.#tail = undefined;
      finish();
    }
  }
}
