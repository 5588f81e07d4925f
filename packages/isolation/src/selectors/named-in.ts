import type { FetchHeaders, RequestHead } from '@connect-auth/core';

/** Returns one value as itself and several as a list, since nobody can tell which of them is meant. */
const together = (values: readonly unknown[]): unknown => (values.length > 1 ? values : values[0]);

/**
 * Returns everything that a header says, and not the list with commas that Node.js makes of several. Without a raw
 * list, as behind some serverless hosts, reads the header among the parsed ones, however it is spelt there.
 */
export function namedInHeaders({ headers, rawHeaders = [] }: RequestHead, name: string): unknown {
  const wanted = name.toLowerCase();
  if (rawHeaders.length > 0) {
    return together(rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === wanted));
  }
  const entries = isFetchHeaders(headers) ? [[wanted, headers.get(wanted)]] : Object.entries(headers);
  return together(entries.flatMap(([key, value]) => (String(key).toLowerCase() === wanted ? valuesOf(value) : [])));
}

const isFetchHeaders = (headers: RequestHead['headers']): headers is FetchHeaders =>
  typeof (headers as FetchHeaders).get === 'function';

const valuesOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return typeof value === 'string' ? value.split(',') : [value].flat();
};

/**
 * Returns the values of a query parameter, both as in the URL and as the application's parser reads them: some parsers
 * turn `org_id[]`, `[org_id]` and `org_id[a]` into a member `org_id`, and some also split on `;`.
 *
 * @param parsed the query as the application's parser read it
 */
export function namedInQuery(url: string, parsed: unknown, name: string): unknown {
  const entries = [...new URLSearchParams(url.split(/[?;]/).slice(1).join('&'))];
  const inUrl: readonly unknown[] = entries.flatMap<unknown>(([key, value]) =>
    key === name ? [value] : isBracketed(key, name) ? [[value]] : [],
  );
  const values = new Set([...inUrl, ...own(parsed, name)]);
  return inUrl.length > 1 ? inUrl : together([...values]);
}

const isBracketed = (key: string, name: string): boolean =>
  key.includes('[') && key.split(/[[\]]/).find((part) => part !== '') === name;

const own = (parsed: unknown, name: string): readonly unknown[] =>
  typeof parsed === 'object' && parsed !== null && name in parsed ? [(parsed as Record<string, unknown>)[name]] : [];
