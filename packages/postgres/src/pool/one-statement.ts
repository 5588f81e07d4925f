import type { QueryConfig } from 'pg';
import type { Call } from './read-call.js';

/**
 * Whether a call is for one statement, which pg neither prepares under a name nor reads in portions: the protocol of
 * several messages and one Sync is for those.
 */
export function isOneStatement({ text, query, values }: Call): boolean {
  const {
    name,
    rows,
    values: own,
  }: QueryConfig & { rows?: unknown } = typeof query === 'string' ? { text } : (query as QueryConfig);
  if (text === '' || name !== undefined || rows !== undefined) return false;
  const given = values ?? own;
  // With values the server itself takes one statement only.
  return (Array.isArray(given) && given.length > 0) || !/;\s*\S/.test(text);
}
