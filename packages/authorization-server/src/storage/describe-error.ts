import { UnavailableError } from '../errors/unavailable-error.js';

interface Described {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
  /** Drizzle's: the statement; its values stand in the message. */
  readonly query?: unknown;
}

/** An error in words for a log. Drizzle's own message holds the values of the query, and those may be anybody's. */
export function describeError(error: unknown): string {
  if (!isObject(error)) return `something that is no error: ${typeof error}`;
  if (error.query !== undefined) return isObject(error.cause) ? describeError(error.cause) : 'a query failed';
  const name = typeof error.name === 'string' ? error.name : 'Error';
  const code = typeof error.code === 'string' ? ` (${error.code})` : '';
  const because = error instanceof UnavailableError ? `, because of ${describeError(error.cause)}` : '';
  return [`${name}: ${String(error.message)}${code}${because}`, ...framesOf(error.stack)].join('\n');
}

/** Where it happened. The lines above repeat the message, which may be of several lines. */
const framesOf = (stack: unknown): string[] =>
  typeof stack === 'string' ? stack.split('\n').filter((line) => /^ +at /.test(line)) : [];

const isObject = (value: unknown): value is Described => typeof value === 'object' && value !== null;
