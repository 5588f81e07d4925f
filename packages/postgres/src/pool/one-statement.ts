import type { QueryConfig } from 'pg';
import type { Call } from './read-call.js';

interface Asked extends QueryConfig {
  readonly rows?: unknown;
  readonly binary?: boolean;
}

/**
 * Whether a call is for one statement, which pg neither prepares under a name nor reads in portions: the protocol of
 * several messages and one Sync is for those.
 *
 * @param isBinary whether the client asks for values as bytes, where it is not told otherwise
 */
export function isOneStatement({ text, query, values }: Call, isBinary: boolean): boolean {
  const asked: Asked = typeof query === 'string' ? { text } : (query as Asked);
  if (text === '' || asked.name !== undefined || asked.rows !== undefined) return false;
  const given = values ?? asked.values;
  // With values the server itself takes one statement only.
  if (Array.isArray(given) && given.length > 0) return true;
  // Without, pg asks in the simple protocol, which knows no bytes.
  return !isBinary && asked.binary !== true && !/;\s*\S/.test(text);
}
