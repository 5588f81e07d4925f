import type { AuditEvent } from '../event/audit-event.js';
import type { AuditSink, PartialWriteError } from '../sinks/audit-sink.js';
import { type After, pause, TimeLimitError, withTimeLimit } from './time-limit.js';

/** How much patience to have with a sink. */
export interface Patience {
  readonly sinkTimeoutMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly after: After;
  /** Tells whether nobody waits for the sink any more. */
  readonly isOver: () => boolean;
}

/** The events that a sink did not take; `error` is its last one. */
export interface Undelivered {
  readonly events: readonly AuditEvent[];
  readonly error: unknown;
}

/** Gives events to a sink, and retries failures, doubling the delay each time. @returns the events left at the end */
export async function deliver(
  sink: AuditSink,
  events: readonly AuditEvent[],
  patience: Patience,
): Promise<Undelivered> {
  let left = await attemptWrite(sink, events, patience);
  for (let retry = 0; left.events.length > 0 && retry < patience.retries; retry += 1) {
    await pause(patience.after, patience.retryDelayMs * 2 ** retry);
    if (patience.isOver()) break;
    left = await attemptWrite(sink, left.events, patience);
  }
  // A sink that does not answer would not answer sooner if given fewer events.
  if (left.events.length < 2 || left.error instanceof TimeLimitError) return left;
  return writeSingly(sink, left, patience);
}

/** Writes events one by one, so that one that the sink cannot take does not cost those it came with. */
async function writeSingly(sink: AuditSink, { events, error }: Undelivered, patience: Patience): Promise<Undelivered> {
  const failed: AuditEvent[] = [];
  let last = error;
  for (const [at, event] of events.entries()) {
    if (patience.isOver()) return { events: [...failed, ...events.slice(at)], error: last };
    const left = await attemptWrite(sink, [event], patience);
    if (left.events.length === 0) continue;
    failed.push(event);
    last = left.error;
    if (last instanceof TimeLimitError) return { events: [...failed, ...events.slice(at + 1)], error: last };
  }
  return { events: failed, error: last };
}

async function attemptWrite(sink: AuditSink, events: readonly AuditEvent[], patience: Patience): Promise<Undelivered> {
  try {
    await withTimeLimit(patience.after, patience.sinkTimeoutMs, () => sink.write(events));
    return { events: [], error: undefined };
  } catch (error) {
    if (!isPartial(error)) return { events, error };
    const left = events.filter((event) => error.unwritten.includes(event));
    return { events: left.length > 0 ? left : events, error: error.cause ?? error };
  }
}

/** Goes by the name of the error, since a sink may come with its own copy of this package. */
const isPartial = (error: unknown): error is PartialWriteError =>
  error instanceof Error && error.name === 'PartialWriteError' && Array.isArray((error as PartialWriteError).unwritten);
