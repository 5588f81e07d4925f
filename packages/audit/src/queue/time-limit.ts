/** Runs `action` once after `delayMs` milliseconds, and returns what cancels it. As `after` of core's `Runtime`. */
export type After = (delayMs: number, action: () => void) => () => void;

/** Keeps the process alive: what waits for its turn is not lost because nothing else is left to do. */
export const systemAfter: After = (delayMs, action) => {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
};

/** A sink had its time. It may still do what it was asked for. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** @throws TimeLimitError after `limitMs`, while the work goes on unheard */
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
