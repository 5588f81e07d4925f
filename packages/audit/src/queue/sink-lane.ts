import { AsyncResource } from 'node:async_hooks';
import { runOutsideFrames } from '@connect-auth/core/adapter';
import { AuditOverflowError } from '../errors/audit-overflow-error.js';
import { AuditSinkError } from '../errors/audit-sink-error.js';
import type { AuditEvent } from '../event/audit-event.js';
import type { AuditSink } from '../sinks/audit-sink.js';
import type { AuditStats } from '../trail/audit-stats.js';
import { deliver, type Patience, type Undelivered } from './deliver.js';
import { DroppedEvents } from './dropped-events.js';
import { withTimeLimit } from './time-limit.js';

const defaultMaxBatch = 100;

export interface LaneTerms extends Omit<Patience, 'isOver'> {
  readonly capacity: number;
  /** Makes the events that tell the sink about those withheld from it. */
  readonly describeLoss: (loss: DroppedEvents) => readonly AuditEvent[];
  readonly onError: (error: AuditSinkError) => void;
}

/** Carries events to one sink: a bounded queue, in order, which no other sink can hold up. */
export class SinkLane {
  #written = 0;
  #dropped = 0;
  #failed = 0;
  #queue: AuditEvent[] = [];
  /** The number of events taken on so far, and how many of these are written or given up. */
  #taken = 0;
  #settled = 0;
  /** The position among them of the last report of a loss. */
  #lossTold = 0;
  /** Room that is reserved for events to come. */
  #reserved = 0;
  #isDraining = false;
  #isAbandoned = false;
  /** The context in which the trail was made. */
  readonly #origin = new AsyncResource('AuditSinkLane');
  readonly #loss = new DroppedEvents();
  readonly #waiting: { readonly until: number; readonly resume: () => void }[] = [];
  readonly #pastQueue = new Set<Promise<unknown>>();
  readonly #patience: Patience;

  constructor(
    readonly sink: AuditSink,
    private readonly terms: LaneTerms,
  ) {
    this.#patience = { ...terms, isOver: () => this.#isAbandoned };
  }

  get hasRoom(): boolean {
    return this.#queued + this.#reserved < this.terms.capacity;
  }

  reserve(): void {
    this.#reserved += 1;
  }

  release(): void {
    this.#reserved -= 1;
  }

  stats(): AuditStats {
    return { queued: this.#queued, written: this.#written, dropped: this.#dropped, failed: this.#failed };
  }

  /** Takes an event on, or drops it if there is no room. */
  offer(event: AuditEvent): void {
    if (this.hasRoom) this.#take(event);
    else this.drop(event);
  }

  /** Counts an event as lost, and reports only the first of several. */
  drop(event: AuditEvent): void {
    this.#dropped += 1;
    const isFirst = this.#loss.isEmpty;
    this.#loss.add(event);
    if (!isFirst) return;
    const cause = new AuditOverflowError(this.sink.name);
    this.terms.onError(new AuditSinkError(this.sink.name, 1, { cause }));
  }

  /** Writes one event past the queue. @throws AuditSinkError if the sink does not take it */
  async write(event: AuditEvent): Promise<void> {
    const delivery = this.#outside(() => deliver(this.sink, [event], this.#patience));
    this.#pastQueue.add(delivery);
    const failure = this.#count(1, await delivery);
    this.#pastQueue.delete(delivery);
    if (failure !== undefined) throw failure;
  }

  /** Resolves when all events taken on so far, and the report of any loss, are written or given up. */
  async settle(): Promise<void> {
    await Promise.all([this.#reach(this.#taken), ...this.#pastQueue]);
    await this.#reach(this.#lossTold);
  }

  /** Flushes or closes the sink, if the sink has such a method. */
  async finish(step: 'flush' | 'close'): Promise<void> {
    if (step === 'flush' && this.#isAbandoned) return;
    try {
      const { after, sinkTimeoutMs } = this.terms;
      await this.#outside(() => withTimeLimit(after, sinkTimeoutMs, async () => this.sink[step]?.()));
    } catch (cause) {
      this.terms.onError(new AuditSinkError(this.sink.name, 0, { cause }));
    }
  }

  /** Gives up all events that still wait. */
  abandon(): void {
    this.#isAbandoned = true;
    const count = this.#queued;
    this.#queue = [];
    this.#settle(count);
    if (count > 0) this.#giveUp(count, new Error('the audit trail was closed'));
  }

  get #queued(): number {
    return this.#taken - this.#settled;
  }

  /**
   * Calls the sink in a neutral context: it gets everybody's events, and must not run in the request that records
   * first.
   */
  #outside<Result>(action: () => Result): Result {
    return this.#origin.runInAsyncScope(() => runOutsideFrames(action));
  }

  #take(event: AuditEvent): void {
    this.#queue.push(event);
    this.#taken += 1;
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#outside(() => void this.#drain());
  }

  async #drain(): Promise<void> {
    await undefined; // Events of one turn go together.
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.sink.maxBatch ?? defaultMaxBatch);
      const left = await deliver(this.sink, batch, this.#patience);
      if (this.#isAbandoned) return;
      const failure = this.#count(batch.length, left);
      this.#settle(batch.length);
      if (failure === undefined) this.#tellLoss();
    }
    this.#isDraining = false;
  }

  #count(given: number, { events, error }: Undelivered): AuditSinkError | undefined {
    this.#written += given - events.length;
    return events.length === 0 ? undefined : this.#giveUp(events.length, error);
  }

  #giveUp(count: number, cause: unknown): AuditSinkError {
    this.#failed += count;
    const error = new AuditSinkError(this.sink.name, count, { cause });
    this.terms.onError(error);
    return error;
  }

  #reach(until: number): Promise<void> {
    if (this.#settled >= until) return Promise.resolve();
    return new Promise((resume) => this.#waiting.push({ until, resume }));
  }

  #settle(count: number): void {
    this.#settled += count;
    while ((this.#waiting[0]?.until ?? Number.POSITIVE_INFINITY) <= this.#settled) this.#waiting.shift()?.resume();
  }

  /** Reports a loss once the queue has room again, rather than for each event that finds it full. */
  #tellLoss(): void {
    if (this.#loss.isEmpty || this.#queued > this.terms.capacity / 2) return;
    for (const event of this.terms.describeLoss(this.#loss)) this.#take(event);
    this.#loss.clear();
    this.#lossTold = this.#taken;
  }
}
