/** What there is of DataLoader that counts here: batches what is asked for in one turn, and remembers all of it. */
export class BatchingLoader<Key, Value> {
  readonly #load: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>;
  readonly #known = new Map<Key, Promise<Value>>();
  #waiting: { key: Key; resolve: (value: Value) => void; reject: (error: unknown) => void }[] = [];

  constructor(load: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>) {
    this.#load = load;
  }

  load(key: Key): Promise<Value> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const asked = new Promise<Value>((resolve, reject) => {
      if (this.#waiting.length === 0) queueMicrotask(() => void this.#dispatch());
      this.#waiting.push({ key, resolve, reject });
    });
    this.#known.set(key, asked);
    return asked;
  }

  clear(key: Key): this {
    this.#known.delete(key);
    return this;
  }

  async #dispatch(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    const values = await this.#load(batch.map(({ key }) => key));
    for (const [at, { resolve, reject }] of batch.entries()) {
      const value = values[at];
      if (value instanceof Error) reject(value);
      else resolve(value as Value);
    }
  }
}
