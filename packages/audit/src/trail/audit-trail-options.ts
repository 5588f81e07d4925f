import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText } from '@connect-auth/core/adapter';
import type { AuditSinkError } from '../errors/audit-sink-error.js';
import { createEventIds } from '../event/event-id.js';
import { type After, systemAfter } from '../queue/time-limit.js';
import type { AuditSink } from '../sinks/audit-sink.js';

export interface AuditQueueOptions {
  /** How many events may wait for one sink, including those being written. Default: 10,000. */
  readonly capacity?: number;
  /**
   * What happens when a sink is that far behind. `drop` (default): the event is withheld from this sink and counted,
   * and an event `audit.dropped` tells the sink once it has recovered. `refuse`: `record` throws an
   * `AuditOverflowError`, and the request is answered 503.
   */
  readonly overflow?: 'drop' | 'refuse';
}

export interface AuditTrailOptions {
  /** The caller's stream: the events that customers may see of their own organization. Default: none. */
  readonly sinks?: readonly AuditSink[];
  /**
   * The operator's stream: everything, including which organization owns an object that somebody was denied. Default:
   * none.
   */
  readonly operator?: readonly AuditSink[];
  readonly queue?: AuditQueueOptions;
  /** How long one write to a sink may take, in milliseconds. Default: 5,000. */
  readonly sinkTimeoutMs?: number;
  /** How many times a failed write is retried. Default: 3. */
  readonly retries?: number;
  /** The delay before the first retry, in milliseconds; doubled for each further one. Default: 200. */
  readonly retryDelayMs?: number;
  /** How long `close` waits for the sinks, in milliseconds. Default: 10,000. */
  readonly closeTimeoutMs?: number;
  /** The current time in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** Makes the ids of events. Default: ULIDs. */
  readonly newId?: () => string;
  /**
   * Runs an action once after a delay in milliseconds, and returns a function that cancels it. Default: `setTimeout`.
   */
  readonly after?: After;
  /**
   * Called for events that were withheld from a sink or that it did not take; for dropped events only at the first,
   * until the sink has recovered. Default: a process warning, without the sink's own error.
   */
  readonly onError?: (error: AuditSinkError) => void;
}

export interface AuditTrailSettings {
  readonly caller: readonly AuditSink[];
  readonly operator: readonly AuditSink[];
  readonly capacity: number;
  readonly overflow: 'drop' | 'refuse';
  readonly sinkTimeoutMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly closeTimeoutMs: number;
  readonly now: () => number;
  readonly newId: () => string;
  readonly after: After;
  readonly onError: (error: AuditSinkError) => void;
}

const names = [
  'sinks',
  'operator',
  'queue',
  'sinkTimeoutMs',
  'retries',
  'retryDelayMs',
  'closeTimeoutMs',
  'now',
  'newId',
  'after',
  'onError',
];

/** Checks the options of an audit trail, once. @throws ConfigurationError naming the wrong one */
export function resolveAuditTrail(options: AuditTrailOptions): AuditTrailSettings {
  checkKnown('', options, names);
  const { queue = {} } = options;
  checkKnown('queue', queue, ['capacity', 'overflow']);
  const now = checkFunction('now', options.now, () => Date.now());
  const caller = checkSinks('sinks', options.sinks, 'caller');
  const operator = checkSinks('operator', options.operator, 'operator');
  checkNames([...caller, ...operator]);
  return {
    caller,
    operator,
    capacity: checkWhole('queue.capacity', queue.capacity, { min: 1, max: 10_000_000, fallback: 10_000 }),
    overflow: checkOverflow(queue.overflow),
    sinkTimeoutMs: checkWhole('sinkTimeoutMs', options.sinkTimeoutMs, { min: 1, max: maxDelayMs, fallback: 5_000 }),
    retries: checkWhole('retries', options.retries, { min: 0, max: 10, fallback: 3 }),
    retryDelayMs: checkWhole('retryDelayMs', options.retryDelayMs, { min: 0, max: 60_000, fallback: 200 }),
    closeTimeoutMs: checkWhole('closeTimeoutMs', options.closeTimeoutMs, { min: 1, max: maxDelayMs, fallback: 10_000 }),
    now,
    newId: checkFunction('newId', options.newId, createEventIds(now)),
    after: checkFunction('after', options.after, systemAfter),
    onError: checkFunction('onError', options.onError, warn),
  };
}

/** The longest delay that a timer of Node.js can hold. */
const maxDelayMs = 2 ** 31 - 1;

function checkSinks(option: string, sinks: unknown = [], stream: 'caller' | 'operator'): readonly AuditSink[] {
  if (!Array.isArray(sinks)) throw new ConfigurationError(option, 'must be a list of sinks');
  return sinks.map((sink: Partial<AuditSink> | null | undefined, at) => {
    const path = `${option}[${at}]`;
    if (typeof sink?.write !== 'function') throw new ConfigurationError(path, 'must have the method write');
    checkText(`${path}.name`, sink.name);
    checkWhole(`${path}.maxBatch`, sink.maxBatch, { min: 1, max: 10_000, fallback: 1 });
    if ((sink.stream ?? stream) !== stream) {
      throw new ConfigurationError(path, `takes the ${sink.stream}'s stream only, and this is the ${stream}'s`);
    }
    return sink as AuditSink;
  });
}

/** Refuses a trail that goes nowhere, and two sinks that errors and statistics could not tell apart. */
function checkNames(sinks: readonly AuditSink[]): void {
  if (sinks.length === 0) throw new ConfigurationError('sinks', 'must have a sink, or operator must');
  const seen = new Set<string>();
  for (const { name } of sinks) {
    if (seen.has(name)) throw new ConfigurationError('sinks', `has two sinks of the name "${name}"`);
    seen.add(name);
  }
}

function checkOverflow(value: unknown = 'drop'): 'drop' | 'refuse' {
  if (value !== 'drop' && value !== 'refuse') throw new ConfigurationError('queue.overflow', 'must be drop or refuse');
  return value;
}

function checkWhole(
  option: string,
  value: unknown,
  { min, max, fallback }: { min: number; max: number; fallback: number },
): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new ConfigurationError(option, `must be a whole number from ${min} to ${max}`);
  }
  return value;
}

function checkFunction<Wanted>(option: string, value: Wanted | undefined, fallback: Wanted): Wanted {
  if (value === undefined) return fallback;
  if (typeof value !== 'function') throw new ConfigurationError(option, 'must be a function');
  return value;
}

/** Leaves the sink's own error out of the log, because it may quote rows. */
function warn(error: AuditSinkError): void {
  process.emitWarning(error.message, 'ConnectAuthWarning');
}
