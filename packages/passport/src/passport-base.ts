import type { Auth } from '@connect-auth/core';
import Strategy from 'passport-strategy';

/** The outcomes of a request. Passport adds these methods to a copy of the strategy, one for each request. */
export interface PassportActions {
  success(auth: Auth): void;
  fail(challenge: string, status: number): void;
  fail(status: number): void;
  error(error: unknown): void;
}

/**
 * The base class of all strategies, typed by the part that is used: its own types are in a package that users would have
 * to install.
 */
export const PassportBase = Strategy as unknown as abstract new () => PassportActions;
