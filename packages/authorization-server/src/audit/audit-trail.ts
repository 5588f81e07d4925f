import { AsyncLocalStorage } from 'node:async_hooks';
import { type Clock, dateOf } from '../runtime/clock.js';
import type { NewId } from '../runtime/new-id.js';
import type { Storage } from '../storage/storage.js';
import type { AuditActor, AuditEvent, AuditSink } from './audit-event.js';

interface Origin {
  readonly actor: AuditActor;
  readonly requestId?: string;
}

/** An event without the fields that the trail fills in. */
type Happening = Omit<AuditEvent, 'id' | 'occurredAt' | 'environmentId' | 'actor' | 'requestId'> & {
  readonly actor?: AuditActor;
};

/** How long a closing server waits for the sink. */
const flushMs = 10_000;

/** Hands events to the sink after their change is committed, and all of them before the server closes. */
export class AuditTrail {
  private readonly origin = new AsyncLocalStorage<Origin>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly newId: NewId,
    private readonly sink: AuditSink,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Attributes everything recorded during the work to this actor. */
  as<Result>(actor: AuditActor, requestId: string | undefined, work: () => Result): Result {
    return this.origin.run({ actor, ...(requestId !== undefined && { requestId }) }, work);
  }

  record(happening: Happening): void {
    const origin = this.origin.getStore() ?? { actor: { type: 'system' } };
    const event: AuditEvent = {
      id: this.newId('event_'),
      occurredAt: dateOf(this.clock).toISOString(),
      environmentId: this.storage.environmentId,
      ...origin,
      ...happening,
    };
    this.storage.afterCommit(() => this.deliver(event));
  }

  /** Resolves when the sink has taken everything, or its time is up. */
  async flush(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const isLate = new Promise<true>((late) => {
      timer = setTimeout(() => late(true), flushMs);
    });
    while (this.underWay.size > 0) {
      if ((await Promise.race([Promise.all(this.underWay), isLate])) !== true) continue;
      this.failed(new Error(`${this.underWay.size} audit events were not taken in ${flushMs} ms`));
      break;
    }
    clearTimeout(timer);
  }

  private deliver(event: AuditEvent): void {
    const delivery = (async () => this.sink(event))()
      .catch(this.failed)
      .finally(() => this.underWay.delete(delivery));
    this.underWay.add(delivery);
  }
}
