/** A task that is run repeatedly, never twice at a time, without keeping the process alive. */
export interface Repetition {
  /** Starts no further run, and resolves when the current one is over. */
  stop(): Promise<void>;
}

/** @param task its errors are passed to `failed`, and do not prevent the next run */
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
