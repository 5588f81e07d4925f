import type { QueryArguments } from './parse-query-arguments.js';

/**
 * Whether a query can be written together with others. pg reads `rows` in portions, over several round trips; and a server
 * that waits for the data of a COPY ignores what was sent behind it.
 */
export const canPipeline = ({ text, query }: QueryArguments): boolean =>
  (typeof query === 'string' || !('rows' in query)) && !/\bcopy\b/i.test(text);
