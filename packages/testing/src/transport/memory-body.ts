import { untilAborted } from './exchange.js';
import type { BodyConnection, StreamedBody } from './http-message.js';

/** A streamed body as the body of a `Response`, pulled only as fast as it is read. */
export interface MemoryBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** Resolves when the body was read to its end, cancelled or broken. */
  readonly finished: Promise<void>;
  /** Breaks the body: its reader is rejected with the reason. */
  readonly break: (reason: unknown) => void;
}

export function createMemoryBody(body: StreamedBody): MemoryBody {
  const over = new AbortController();
  // No time passes in memory, so a pause lasts until the reader leaves.
  const connection: BodyConnection = { gone: over.signal, pause: () => untilAborted(over.signal) };
  const iterator = body.bytes(connection)[Symbol.asyncIterator]();
  let failed: ((reason: unknown) => void) | undefined;

  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        failed = (reason) => controller.error(reason);
      },
      pull: async (controller) => {
        const next = await iterator.next();
        if (over.signal.aborted) return;
        if (!next.done) return controller.enqueue(next.value);
        controller.close();
        over.abort();
      },
      cancel: () => over.abort(),
    },
    { highWaterMark: 0 },
  );

  return {
    stream,
    finished: untilAborted(over.signal),
    break: (reason) => {
      if (over.signal.aborted) return;
      over.abort();
      failed?.(reason);
    },
  };
}
