import type { Auth } from '@connect-auth/core';
import Strategy from 'passport-strategy';

/** What a strategy may do with a request. Passport puts these methods on a copy of the strategy, one for each request. */
export interface PassportActions {
  success(auth: Auth): void;
  fail(challenge: string, status: number): void;
  fail(status: number): void;
  error(error: unknown): void;
}

/**
 * The base class of all strategies, typed by what is used of it: its own types are of a package that nobody else needs
 * to install.
 */
export const PassportBase = Strategy as unknown as abstract new () => PassportActions;
