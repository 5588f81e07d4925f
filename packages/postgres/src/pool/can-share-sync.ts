import type { QueryConfig } from 'pg';
import type { QueryArguments } from './parse-query-arguments.js';

interface ExtendedQueryConfig extends QueryConfig {
  readonly rows?: unknown;
  readonly binary?: boolean;
}

/**
 * Whether a query can share one Sync with its binding (`BoundQuery`): it is a single statement, which pg neither prepares
 * under a name nor reads in portions.
 *
 * @param isBinary whether the client asks for binary values by default
 */
export function canShareSync({ text, query, values }: QueryArguments, isBinary: boolean): boolean {
  const config: ExtendedQueryConfig = typeof query === 'string' ? { text } : (query as ExtendedQueryConfig);
  if (text === '' || config.name !== undefined || config.rows !== undefined) return false;
  const parameters = values ?? config.values;
  // With parameters, the server accepts a single statement only.
  if (Array.isArray(parameters) && parameters.length > 0) return true;
  // Without, pg uses the simple query protocol, which has no binary values.
  return !isBinary && config.binary !== true && !/;\s*\S/.test(text);
}
