import type { AuditEvent, AuditSink } from '@connect-auth/audit';

export interface MemorySink extends AuditSink {
  /** What it was given, in order. */
  readonly events: AuditEvent[];
  readonly batches: number[];
  readonly calls: string[];
}

/** Keeps what it gets. `before` may throw or wait first. */
export function memorySink(
  name: string,
  before: (events: readonly AuditEvent[]) => unknown = () => {},
  rest: Partial<AuditSink> = {},
): MemorySink {
  const [events, batches, calls]: [AuditEvent[], number[], string[]] = [[], [], []];
  return {
    name,
    events,
    batches,
    calls,
    write: async (batch) => {
      calls.push('write');
      await before(batch);
      events.push(...batch);
      batches.push(batch.length);
    },
    flush: async () => void calls.push('flush'),
    close: async () => void calls.push('close'),
    ...rest,
  };
}

/** What waits until it is opened. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Lets all go on that waits for no timer and no network. */
export const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

export const actor = { type: 'system', id: 'test' } as const;
export const org = (id: string) => ({ id, source: 'token.org_id' }) as const;
export const read = (id: string, orgId = 'org_a') =>
  ({ org: org(orgId), actor, action: 'project.read', decision: 'allow', targets: [{ type: 'project', id }] }) as const;
