/** Counts the queries of a connection that are not answered yet. While there is one, nobody else can use the connection. */
export class PendingQueries {
  #count = 0;
  #isOutOfSync = false;

  /** Whether everything that was asked is answered, as far as server and client agree on it. */
  get areAnswered(): boolean {
    return this.#count === 0 && !this.#isOutOfSync;
  }

  /** @returns what to call when the query is answered; calling it again changes nothing */
  add(): () => void {
    let isPending = true;
    this.#count += 1;
    return () => {
      if (isPending) this.#count -= 1;
      isPending = false;
    };
  }

  /** Records that server and client may no longer agree on which answer belongs to which query. */
  markOutOfSync(): void {
    this.#isOutOfSync = true;
  }
}
