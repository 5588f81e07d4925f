import { checkKnown } from '@connect-auth/core/adapter';
import { currentOrg } from '@connect-auth/isolation';
import type { Queryable } from '../verify/queryable.js';
import { defaultSchema } from '../wall/context-options.js';
import { checkIdentifier, qualify } from '../wall/quote-identifier.js';
import { chainHash, chainStart } from './audit-append.js';

export interface VerifyChainOptions {
  /** Where `auditTableSql` put its table. Default: `app`. */
  readonly schema?: string;
  /**
   * What an earlier call found, and was kept outside of the database. Without it a chain whose end was cut off looks like
   * one that was never longer.
   */
  readonly since?: Pick<ChainReport, 'length' | 'head'>;
}

export interface ChainReport {
  /** How many events there are. */
  readonly length: number;
  /** The hash of the last one, in hexadecimal; undefined without any. */
  readonly head: string | undefined;
  /** The places at which the chain is broken: what is there, or was, is not what was appended. Empty: it holds. */
  readonly broken: readonly number[];
}

/**
 * Goes through the chain of the organization that the work at hand is done for: `withOrg(id, () => verifyAuditChain(pool))`.
 *
 * @throws OrgContextError outside a frame
 * @throws ConfigurationError for an option that is unknown or not a name
 */
export async function verifyAuditChain(db: Queryable, options: VerifyChainOptions = {}): Promise<ChainReport> {
  checkKnown('', options, ['schema', 'since']);
  currentOrg();
  const table = qualify(checkIdentifier('schema', options.schema ?? defaultSchema), 'audit_event');
  const { rows } = await db.query(chainSql(table), [options.since?.length ?? 0]);
  const [found] = rows as readonly [{ length: number; head: string | null; broken: number[]; then: string | null }];
  const { since } = options;
  const isCut = since !== undefined && since.length > 0 && found.then !== since.head;
  return {
    length: found.length,
    head: found.head ?? undefined,
    broken: isCut ? [...new Set([...found.broken, since.length])] : found.broken,
  };
}

const chainSql = (table: string): string => `
SELECT count(*)::int AS length,
       encode((array_agg(hash ORDER BY at DESC))[1], 'hex') AS head,
       coalesce(array_agg(at::int ORDER BY at) FILTER (WHERE is_broken), '{}') AS broken,
       encode((array_agg(hash) FILTER (WHERE seq = $1::bigint))[1], 'hex') AS "then"
FROM (
  SELECT hash, seq, at,
         seq IS DISTINCT FROM at
         OR prev_hash IS DISTINCT FROM before
         OR hash IS DISTINCT FROM ${chainHash('before', 'seq', 'event')}
         OR occurred_at IS DISTINCT FROM (event ->> 'occurred_at')::timestamptz AS is_broken
  FROM (
    SELECT *, row_number() OVER places AS at, lag(hash, 1, ${chainStart('org_id')}) OVER places AS before
    FROM ${table} WINDOW places AS (ORDER BY seq)
  ) AS placed
) AS judged`;
