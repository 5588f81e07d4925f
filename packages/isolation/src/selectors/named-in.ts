import type { FetchHeaders, RequestHead } from '@connect-auth/core';

/** One value as itself, several as a list: which of them is meant nobody can tell. */
const together = (values: readonly unknown[]): unknown => (values.length > 1 ? values : values[0]);

/**
 * What a header says: all of it, and not the list with commas that Node.js makes of several. Where there is no raw list,
 * as behind some serverless hosts, what stands among the others, however it is spelt there.
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
 * What a parameter of the query says, in the URL and to the parser of the application: `org_id[]`, `[org_id]` and
 * `org_id[a]` become a member `org_id` with some of them, and a semicolon parts parameters with others.
 *
 * @param parsed what the application's parser made of the query
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
