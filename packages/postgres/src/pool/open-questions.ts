/** What was asked over a connection and is not answered yet: with it, the connection is of no use to anybody else. */
export class OpenQuestions {
  #count = 0;
  #isCountLost = false;

  /** Whether server and client are done with each other. */
  get areAnswered(): boolean {
    return this.#count === 0 && !this.#isCountLost;
  }

  /** @returns what closes the question; again changes nothing */
  open(): () => void {
    let isOpen = true;
    this.#count += 1;
    return () => {
      if (isOpen) this.#count -= 1;
      isOpen = false;
    };
  }

  /** Server and client may not agree any more on which answer is to which question. */
  loseCount(): void {
    this.#isCountLost = true;
  }
}
