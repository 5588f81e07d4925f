import { and, asc, desc, gt, lt, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.js';

/** Which part of a list is wanted: cursors are identifiers, and exclusive. */
export interface Page {
  /** 1 to 100. */
  readonly limit: number;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** `normal` is descending, and its cursors mean the opposite: `before` is older, `after` newer. */
  readonly order: 'asc' | 'desc' | 'normal';
}

export interface Listed<Row> {
  readonly data: readonly Row[];
  /** The cursor of the page before this one, and of the one after it; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** One page of the rows that `where` names, by identifier: newest first, unless another order is asked for. */
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
  // Going backwards, the rows next to the cursor come first, and are turned round afterwards.
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
