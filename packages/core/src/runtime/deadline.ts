import type { Runtime } from './runtime.js';

/** The time for something that another party has to do ran out. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Runs `work` for at most `timeoutMs`, in all and not from one byte to the next. At the deadline, or when `cancelled`
 * fires, the signal is aborted, which closes the socket; a `work` that ignores its signal is left behind all the same.
 *
 * @throws DeadlineError after `timeoutMs`; the reason of `cancelled` if that comes first
 */
export async function withDeadline<Result>(
  runtime: Runtime,
  timeoutMs: number,
  cancelled: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  cancelled.throwIfAborted();
  const controller = new AbortController();
  const cancel = () => controller.abort(cancelled.reason);
  const stopTimer = runtime.after(timeoutMs, () => controller.abort(new DeadlineError(`no answer in ${timeoutMs} ms`)));
  cancelled.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([work(controller.signal), rejection(controller.signal)]);
  } finally {
    stopTimer();
    cancelled.removeEventListener('abort', cancel);
  }
}

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
