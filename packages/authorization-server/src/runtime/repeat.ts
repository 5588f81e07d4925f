/** Runs a task again and again, never twice at a time, and keeps no process alive. */
export interface Repetition {
  /** No further run begins; resolves when the one under way is over. */
  stop(): Promise<void>;
}

/** @param task what it throws goes to `failed`, and the next run comes all the same */
export function repeat(everySeconds: number, task: () => Promise<void>, failed: (error: unknown) => void): Repetition {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= task()
      .catch(failed)
      .finally(() => {
        underWay = undefined;
      });
  }, everySeconds * 1000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await underWay;
    },
  };
}
