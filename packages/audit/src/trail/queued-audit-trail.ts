import { AuditOverflowError } from '../errors/audit-overflow-error.js';
import { AuditSinkError } from '../errors/audit-sink-error.js';
import type { AuditEvent, AuditEventInput } from '../event/audit-event.js';
import { toCallerView } from '../event/caller-view.js';
import { toAuditEvent } from '../event/to-audit-event.js';
import { describeLoss, describeLossByOrg } from '../queue/describe-loss.js';
import { SinkLane } from '../queue/sink-lane.js';
import { withTimeLimit } from '../queue/time-limit.js';
import type { AuditSink } from '../sinks/audit-sink.js';
import type { AuditStats } from './audit-stats.js';
import type { AuditSlot, AuditTrail } from './audit-trail.js';
import type { AuditTrailSettings } from './audit-trail-options.js';

/** An audit trail with a queue for each sink. */
export class QueuedAuditTrail implements AuditTrail {
  readonly #callerLanes: readonly SinkLane[];
  readonly #operatorLanes: readonly SinkLane[];
  #closing: Promise<void> | undefined;

  constructor(private readonly settings: AuditTrailSettings) {
    const stamp = (happening: AuditEventInput) => toAuditEvent(happening, settings);
    const laneTo = (sink: AuditSink, lossOf: typeof describeLoss) =>
      new SinkLane(sink, {
        ...settings,
        onError: (error) => report(error, settings.onError),
        describeLoss: (loss) => lossOf(loss, sink.name, stamp),
      });
    this.#callerLanes = settings.caller.map((sink) => laneTo(sink, describeLossByOrg));
    this.#operatorLanes = settings.operator.map((sink) => laneTo(sink, describeLoss));
  }

  record(happening: AuditEventInput): string {
    const { id, ways } = this.#route(happening);
    this.#requireRoom(ways.map(([lane]) => lane));
    this.#queue(ways);
    return id;
  }

  reserve(): AuditSlot {
    const lanes = this.settings.overflow === 'refuse' ? this.#lanes : [];
    this.#requireRoom(lanes);
    for (const lane of lanes) lane.reserve();
    let isKept = true;
    const release = () => {
      if (isKept) for (const lane of lanes) lane.release();
      isKept = false;
    };
    const record = (happening: AuditEventInput) => {
      release();
      const { id, ways } = this.#route(happening);
      this.#queue(ways);
      return id;
    };
    return { record, release };
  }

  async write(happening: AuditEventInput): Promise<string> {
    const { id, ways } = this.#route(happening);
    const outcomes = await Promise.allSettled(
      ways.map(async ([lane, event]) => {
        if (this.#closing !== undefined) throw new AuditSinkError(lane.sink.name, 1, { cause: new Error('closed') });
        await lane.write(event);
      }),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return id;
  }

  async flush(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.settle()));
    await Promise.all(this.#lanes.map((lane) => lane.finish('flush')));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  stats(): ReturnType<AuditTrail['stats']> {
    const sinks = Object.fromEntries(this.#lanes.map((lane) => [lane.sink.name, lane.stats()]));
    const sum = (name: keyof AuditStats) => this.#lanes.reduce((total, lane) => total + lane.stats()[name], 0);
    return { queued: sum('queued'), written: sum('written'), dropped: sum('dropped'), failed: sum('failed'), sinks };
  }

  get #lanes(): readonly SinkLane[] {
    return [...this.#callerLanes, ...this.#operatorLanes];
  }

  /** Finds the sinks that an event goes to, and the view of it that each gets. */
  #route(happening: AuditEventInput): { id: string; ways: readonly (readonly [SinkLane, AuditEvent])[] } {
    const event = toAuditEvent(happening, this.settings);
    const seen = toCallerView(event);
    const callers = seen === undefined ? [] : this.#callerLanes.map((lane) => [lane, seen] as const);
    return { id: event.id, ways: [...callers, ...this.#operatorLanes.map((lane) => [lane, event] as const)] };
  }

  #requireRoom(lanes: readonly SinkLane[]): void {
    if (this.settings.overflow !== 'refuse') return;
    const full = lanes.find((lane) => this.#closing !== undefined || !lane.hasRoom);
    if (full !== undefined) throw new AuditOverflowError(full.sink.name);
  }

  #queue(ways: readonly (readonly [SinkLane, AuditEvent])[]): void {
    for (const [lane, event] of ways) {
      if (this.#closing === undefined) lane.offer(event);
      else lane.drop(event);
    }
  }

  async #close(): Promise<void> {
    const { after, closeTimeoutMs } = this.settings;
    try {
      await withTimeLimit(after, closeTimeoutMs, () => this.flush());
    } catch {
      for (const lane of this.#lanes) lane.abandon();
    }
    await Promise.all(this.#lanes.map((lane) => lane.finish('close')));
  }
}

/** Reports an error, and catches those of the listener, which must not add to it. */
function report(error: AuditSinkError, onError: (error: AuditSinkError) => void): void {
  try {
    onError(error);
  } catch {
    process.emitWarning(`onError of the audit trail threw on: ${error.message}`, 'ConnectAuthWarning');
  }
}
