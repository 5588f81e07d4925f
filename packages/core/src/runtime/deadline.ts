import type { Runtime } from './runtime.js';

/** Another party did not finish in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Runs `work` for at most `timeoutMs` in total. At the deadline, or when `cancelled` fires, the signal is aborted, which
 * closes the socket; if `work` ignores its signal, it is abandoned.
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
