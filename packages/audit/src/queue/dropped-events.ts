import type { AuditEvent, AuditOrg } from '../event/audit-event.js';

interface Dropped {
  readonly org: AuditOrg | undefined;
  count: number;
}

/** Organizations beyond this number are counted together, so that a flood cannot fill the memory. */
const maxOrgs = 1_000;

/** Counts the events that were withheld from a sink, for each organization. */
export class DroppedEvents {
  readonly #byOrg = new Map<string | undefined, Dropped>();

  add({ org }: AuditEvent): void {
    const key = this.#byOrg.has(org?.id) || this.#byOrg.size < maxOrgs ? org?.id : undefined;
    const dropped = this.#byOrg.get(key) ?? { org: key === undefined ? undefined : org, count: 0 };
    dropped.count += 1;
    this.#byOrg.set(key, dropped);
  }

  get isEmpty(): boolean {
    return this.#byOrg.size === 0;
  }

  get total(): number {
    return this.byOrg.reduce((sum, { count }) => sum + count, 0);
  }

  get byOrg(): readonly Readonly<Dropped>[] {
    return [...this.#byOrg.values()];
  }

  clear(): void {
    this.#byOrg.clear();
  }
}
