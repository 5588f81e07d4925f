import { invalid } from '../errors/refusal.js';
import type { Listed, Page } from '../storage/list-page.js';

/** An unchecked query string: a name that occurs twice has an array as its value. */
export type Query = Readonly<Record<string, unknown>>;

const orders = ['asc', 'desc', 'normal'] as const;
const maxLimit = 100;

/** Reads `limit` (1 to 100, default 10), `order` (default `desc`), and `before` or `after`. @throws Refusal `invalid` */
export function readPage(query: Query): Page {
  const limit = readText(query, 'limit');
  const order = readText(query, 'order') ?? 'desc';
  const before = readText(query, 'before');
  const after = readText(query, 'after');
  if (limit !== undefined && !/^(?:[1-9]\d?|100)$/.test(limit)) {
    throw invalid({ field: 'limit', code: 'limit_invalid', message: `limit must be a number from 1 to ${maxLimit}.` });
  }
  if (!isOrder(order)) {
    throw invalid({ field: 'order', code: 'order_invalid', message: `order must be one of ${orders.join(', ')}.` });
  }
  if (before !== undefined && after !== undefined) {
    throw invalid({ field: 'before', code: 'before_invalid', message: 'before and after exclude each other.' });
  }
  return { limit: limit === undefined ? 10 : Number(limit), order, before, after };
}

const isOrder = (text: string): text is Page['order'] => (orders as readonly string[]).includes(text);

/** Reads a parameter that may occur once; an empty one counts as absent. @throws Refusal `invalid` */
export function readText(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw invalid({ field: name, code: `${name}_invalid`, message: `${name} must be given once.` });
}

/** Returns a page in WorkOS's envelope. */
export function toList<Row>({ data, before, after }: Listed<Row>, toResource: (row: Row) => object): object {
  return { object: 'list', data: data.map(toResource), list_metadata: { before, after } };
}
