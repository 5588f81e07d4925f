import { ConfigurationError } from '@connect-auth/core';
import type { RequestHandler } from 'express';

const mark: unique symbol = Symbol.for('@connect-auth/express.org') as never;

/** The mark of a middleware that says something about organizations: the call as its user wrote it. */
interface Declared {
  readonly [mark]?: string;
}

/** Marks a middleware by which a route says something about organizations. */
export const declareOrg = <Handler extends RequestHandler>(call: string, handler: Handler): Handler =>
  Object.assign(handler, { [mark]: call });

export const declaresOrg = (handler: unknown): boolean =>
  typeof handler === 'function' && (handler as Declared)[mark] !== undefined;

/** @throws ConfigurationError for a name that is not a text, or blank */
export function checkName(call: string, name: unknown): string {
  if (typeof name !== 'string' || name.trim() === '') throw new ConfigurationError(`${call}()`, 'needs a name');
  return name;
}
