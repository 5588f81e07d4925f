import { findFrame } from './frame.js';

/**
 * Values that live as long as the work at hand, by whatever made them: a request, a job, a turn of `crossOrg`. Undefined
 * outside of all of them.
 */
export function keptValues(): Map<object, unknown> | undefined {
  const keeper = findFrame()?.keeper;
  if (keeper === undefined) return undefined;
  keeper.kept ??= new Map();
  return keeper.kept;
}
