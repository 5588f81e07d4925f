import { sql } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { idempotentAnswers } from '../storage/schema/secrets.js';
import { accessTokens, artifacts } from '../storage/schema/tokens.js';

/** Small enough that requests do not wait for it. */
const batchSize = 1_000;

/** Deletes expired rows in batches; processes that do so at the same time take different rows. */
export async function removeExpired({ storage, clock }: ServerContext): Promise<void> {
  const now = new Date(clock.now()).toISOString();
  for (const table of [accessTokens, artifacts, idempotentAnswers]) {
    let removed = batchSize;
    while (removed === batchSize) {
      const { rows } = (await storage.db.execute(sql`
        delete from ${table} where ctid = any(array(
          select ctid from ${table}
          where environment_id = ${storage.environmentId} and expires_at <= ${now}
          limit ${batchSize} for update skip locked
        )) returning 1`)) as unknown as { rows: unknown[] };
      removed = rows.length;
    }
  }
}
