import { ConfigurationError, checkKnown } from '@connect-auth/core';
import type { ForeignAnswer } from './org-selector.js';

export interface SelectorOptions {
  /** What is answered for another organization: `hide` 404, `forbid` 403. Default: `hide` for the path, else `forbid`. */
  readonly foreign?: ForeignAnswer;
}

/**
 * For adapters: the answer that an option asks for.
 *
 * @param call how its user wrote it: `orgParam('orgId')`
 * @throws ConfigurationError
 */
export function checkForeign(call: string, options: SelectorOptions, fallback: ForeignAnswer): ForeignAnswer {
  checkKnown(call, options, ['foreign']);
  const { foreign = fallback } = options;
  if (foreign !== 'hide' && foreign !== 'forbid') {
    throw new ConfigurationError(`${call} foreign`, 'must be hide or forbid');
  }
  return foreign;
}
