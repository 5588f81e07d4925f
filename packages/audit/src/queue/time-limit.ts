/**
 * Runs `action` once after `delayMs` milliseconds, and returns a function that cancels it. Like `after` of core's
 * `Runtime`.
 */
export type After = (delayMs: number, action: () => void) => () => void;

/** Keeps the process alive, so that waiting events are not lost merely because nothing else is left to do. */
export const systemAfter: After = (delayMs, action) => {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
};

/** A sink has used up its time. It may still finish the work it was given. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** @throws TimeLimitError after `limitMs`; the work goes on, and its outcome is ignored */
export async function withTimeLimit<Result>(
  after: After,
  limitMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  let cancel = () => {};
  const isLate = new Promise<never>((_, reject) => {
    cancel = after(limitMs, () => reject(new TimeLimitError(`no answer in ${limitMs} ms`)));
  });
  try {
    return await Promise.race([(async () => work())(), isLate]);
  } finally {
    cancel();
  }
}

export const pause = (after: After, delayMs: number): Promise<void> =>
  new Promise((resume) => {
    after(delayMs, resume);
  });
