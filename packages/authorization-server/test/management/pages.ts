import { type Answer, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';

export interface ListedPage {
  readonly ids: string[];
  readonly before: string | null;
  readonly after: string | null;
}

/** A list's page, by identifiers. The envelope must be WorkOS's, to the letter. */
export async function readPage(server: TestServer, path: string, query: Record<string, string | number>) {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return pageOf(await manage(server, 'GET', `${path}?${text}`));
}

function pageOf({ status, body }: Answer): ListedPage {
  const { object, data, list_metadata, ...others } = body;
  const { before, after, ...more } = list_metadata;
  if (status !== 200 || object !== 'list' || Object.keys({ ...others, ...more }).length > 0) {
    throw new Error(`no list: ${status} ${JSON.stringify(body)}`);
  }
  return { ids: data.map(({ id }: { id: string }) => id), before, after };
}

/** More than any list here has. */
const maxPages = 100;

/** Follows a cursor from page to page, to the end. @returns each page */
export async function walk(
  server: TestServer,
  path: string,
  query: Record<string, string | number>,
  cursor: 'before' | 'after',
  from?: string,
): Promise<ListedPage[]> {
  const pages: ListedPage[] = [];
  let next: string | null | undefined = from;
  do {
    if (pages.length === maxPages) throw new Error('the pages have no end');
    const page: ListedPage = await readPage(server, path, { ...query, ...(next && { [cursor]: next }) });
    pages.push(page);
    next = page[cursor];
  } while (next !== null);
  return pages;
}
