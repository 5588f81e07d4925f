import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditEventInput, AuditSlot, AuditTrail } from '@connect-auth/audit';
import { UnavailableError } from '../errors/unavailable-error.js';
import type { Storage } from '../storage/storage.js';
import { describeHappening, type Happening, type Origin } from './describe-happening.js';

interface KeptOrigin extends Origin {
  /** What the request has reserved. */
  readonly slot?: AuditSlot | undefined;
}

const system: Origin = { actor: { type: 'system', id: 'system' } };

/** Hands what happens to the audit trail once its change is committed. */
export class AuditRecorder {
  private readonly origin = new AsyncLocalStorage<KeptOrigin>();

  /**
   * @param trail undefined: nothing is recorded
   * @param failed told of an event that found no room, where no request could be refused instead
   */
  constructor(
    private readonly storage: Storage,
    private readonly trail: AuditTrail | undefined,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Attributes everything recorded during the work to this origin. */
  as<Result>(origin: KeptOrigin, work: () => Result): Result {
    return this.origin.run(origin, work);
  }

  /**
   * Keeps room in the trail for what a request is about to do, until it is released. A request that only reads needs none.
   *
   * @throws UnavailableError if the trail refuses what it has no room for: nothing is done unrecorded
   */
  reserve(method: string | undefined): AuditSlot | undefined {
    if (method === 'GET' || method === 'HEAD') return undefined;
    try {
      return this.trail?.reserve();
    } catch (cause) {
      throw new UnavailableError('the audit trail has no room', { cause });
    }
  }

  record(happening: Happening): void {
    if (this.trail === undefined) return;
    const { slot, ...origin } = this.origin.getStore() ?? (system as KeptOrigin);
    const event = describeHappening(happening, origin, this.storage.environmentId);
    this.storage.afterCommit(() => this.queue(event, slot ?? this.trail));
  }

  private queue(event: AuditEventInput, where: Pick<AuditTrail, 'record'> | undefined): void {
    try {
      where?.record(event);
    } catch (error) {
      this.failed(error);
    }
  }
}
