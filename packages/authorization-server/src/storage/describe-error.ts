import { AuditSinkError } from '@connect-auth/audit';
import { UnavailableError } from '../errors/unavailable-error.js';

interface Described {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
  /** Set by Drizzle: the statement, whose values are part of the message. */
  readonly query?: unknown;
}

/** Describes an error for a log, without Drizzle's message, which contains the values of the query. */
export function describeError(error: unknown): string {
  if (!isObject(error)) return `something that is no error: ${typeof error}`;
  if (error.query !== undefined) return isObject(error.cause) ? describeError(error.cause) : 'a query failed';
  const name = typeof error.name === 'string' ? error.name : 'Error';
  const code = typeof error.code === 'string' ? ` (${error.code})` : '';
  const isTold = error instanceof UnavailableError || error instanceof AuditSinkError;
  const because = isTold ? `, because of ${describeError(error.cause)}` : '';
  return [`${name}: ${String(error.message)}${code}${because}`, ...framesOf(error.stack)].join('\n');
}

/** Returns the lines of the stack. The lines before them repeat the message, which may have several. */
const framesOf = (stack: unknown): string[] =>
  typeof stack === 'string' ? stack.split('\n').filter((line) => /^ +at /.test(line)) : [];

const isObject = (value: unknown): value is Described => typeof value === 'object' && value !== null;
