import { ConfigurationError } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';
import { checkForeignAnswer } from '../selectors/selector-options.js';

interface GivenOptions {
  readonly param?: unknown;
  readonly orgOf?: unknown;
  readonly foreign?: unknown;
}

/** For adapters: checks the options for an object that a path names. @throws ConfigurationError */
export function checkOwnedOptions(call: string, { param, orgOf, foreign }: GivenOptions): void {
  if (param !== undefined) checkText(`${call} param`, param);
  if (orgOf !== undefined && typeof orgOf !== 'function') {
    throw new ConfigurationError(`${call} orgOf`, 'must be a function');
  }
  if (foreign !== undefined) checkForeignAnswer(call, foreign);
}
