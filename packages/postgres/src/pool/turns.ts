/** A queue in which each piece of work waits for the one before it, however that ends. */
export class Turns {
  #last: Promise<void> | undefined;

  /** The end of the queue; undefined if nothing is under way. */
  get last(): Promise<void> | undefined {
    return this.#last;
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#last;
    let finish = () => {};
    const turn = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.#last = turn;
    try {
      if (before !== undefined) await before;
      return await work();
    } finally {
      if (this.#last === turn) this.#last = undefined;
      finish();
    }
  }
}
