import { and, asc, desc, gt, lt, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.js';

/** The requested part of a list. Cursors are identifiers, and exclusive. */
export interface Page {
  /** 1 to 100. */
  readonly limit: number;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** `normal` is descending with the opposite cursors: `before` means older, `after` newer. */
  readonly order: 'asc' | 'desc' | 'normal';
}

export interface Listed<Row> {
  readonly data: readonly Row[];
  /** The cursors of the previous and the next page; null if there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Returns one page of the rows that `where` selects, by identifier: newest first, unless another order is requested. */
export async function listPage<Table extends PgTable & { id: PgColumn }>(
  db: Database,
  table: Table,
  where: SQL | undefined,
  page: Page,
): Promise<Listed<Table['$inferSelect']>> {
  if (page.order === 'normal') {
    const { before, after, ...listed } = await listPage(db, table, where, {
      ...page,
      order: 'desc',
      before: page.after,
      after: page.before,
    });
    return { ...listed, before: after, after: before };
  }

  const { before, after, limit } = page;
  const backwards = before !== undefined;
  const cursor = before ?? after;
  // Backwards, the rows next to the cursor are read first, and reversed afterwards.
  const ascending = (page.order === 'asc') !== backwards;
  const beyond = cursor === undefined ? undefined : (ascending ? gt : lt)(table.id, cursor);
  const found = (await db
    .select()
    .from(table as PgTable)
    .where(and(where, beyond))
    .orderBy((ascending ? asc : desc)(table.id))
    .limit(limit + 1)) as (Table['$inferSelect'] & { id: string })[];

  const hasMore = found.length > limit;
  const data = found.slice(0, limit);
  if (backwards) data.reverse();
  const first = data[0]?.id ?? null;
  const last = data.at(-1)?.id ?? null;
  return {
    data,
    before: backwards ? (hasMore ? first : null) : after === undefined ? null : first,
    after: backwards ? last : hasMore ? last : null,
  };
}
