import { checkKnown } from '@connect-auth/core/adapter';
import { currentOrg } from '@connect-auth/isolation';
import type { PostgresClient } from '../statement/postgres-client.js';
import { defaultSchema } from '../wall/context-options.js';
import { checkIdentifier, qualify } from '../wall/quote-identifier.js';
import { chainHash, chainStart } from './audit-append.js';

export interface VerifyAuditChainOptions {
  /** The schema in which `auditTableSql` created its table. Default: `app`. */
  readonly schema?: string;
  /**
   * The report of an earlier call, kept outside the database. Without it, a chain whose end was cut off looks like one that
   * was never longer.
   */
  readonly since?: Pick<AuditChainReport, 'length' | 'head'>;
}

export interface AuditChainReport {
  /** The number of events. */
  readonly length: number;
  /** The hash of the last event, in hexadecimal; undefined if there is none. */
  readonly head: string | undefined;
  /** The positions at which the chain is broken: an event was changed or deleted there. Empty if it is intact. */
  readonly broken: readonly number[];
}

/**
 * Verifies the chain of the organization of the frame: `withOrg(id, () => verifyAuditChain(pool))`.
 *
 * @throws OrgContextError outside a frame
 * @throws ConfigurationError for an option that is unknown or not a name
 */
export async function verifyAuditChain(
  db: PostgresClient,
  options: VerifyAuditChainOptions = {},
): Promise<AuditChainReport> {
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
) AS checked`;
