import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import type { ForeignAnswer } from './org-selector.js';

export interface SelectorOptions {
  /** The answer for another organization: `hide` 404, `forbid` 403. Default: `hide` for the path, else `forbid`. */
  readonly foreign?: ForeignAnswer;
}

/**
 * For adapters: returns the answer that an option asks for.
 *
 * @param call the call as its user wrote it: `orgParam('orgId')`
 * @throws ConfigurationError
 */
export function checkForeign(call: string, options: SelectorOptions, fallback: ForeignAnswer): ForeignAnswer {
  checkKnown(call, options, ['foreign']);
  return checkForeignAnswer(call, options.foreign === undefined ? fallback : options.foreign);
}

/** @throws ConfigurationError */
export function checkForeignAnswer(call: string, foreign: unknown): ForeignAnswer {
  if (foreign === 'hide' || foreign === 'forbid') return foreign;
  throw new ConfigurationError(`${call} foreign`, 'must be hide or forbid');
}

/** RFC 9110 §5.1. */
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/** For adapters: checks the name of a header. @throws ConfigurationError for a name that no header can have */
export function checkHeaderName(call: string, name: unknown): string {
  if (typeof name === 'string' && token.test(name)) return name;
  throw new ConfigurationError(call, 'needs the name of a header');
}
