import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';

type Used = PgTable & { environmentId: PgColumn; id: PgColumn; lastUsedAt: PgColumn };

/**
 * Keeps the times at which credentials were last used. They are written apart from requests, each row at most once per
 * flush: a busy client would otherwise write the same row with every token.
 */
export class LastUsed {
  private pending = new Map<string, Date>();

  constructor(
    private readonly context: ServerContext,
    private readonly table: Used,
  ) {}

  note(id: string): void {
    this.pending.set(id, dateOf(this.context.clock));
  }

  /** Writes the noted times. Those that cannot be written now are kept for the next flush. */
  async flush(): Promise<void> {
    const pending = this.pending;
    this.pending = new Map();
    try {
      for (const [id, at] of pending) {
        await this.write(id, at);
        pending.delete(id);
      }
    } catch (error) {
      this.pending = new Map([...pending, ...this.pending]);
      throw error;
    }
  }

  private async write(id: string, at: Date): Promise<void> {
    const { table } = this;
    const isEarlier = or(isNull(table.lastUsedAt), lt(table.lastUsedAt, at));
    await this.context.storage.db
      .update(table as PgTable)
      .set({ lastUsedAt: at } as never)
      .where(and(eq(table.environmentId, this.context.storage.environmentId), eq(table.id, id), isEarlier));
  }
}
