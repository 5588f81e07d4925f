import { findFrame } from './frame.js';

/**
 * Returns the values that live as long as the current work, keyed by their makers: a request, a job, a turn of
 * `crossOrg`. Undefined outside all of them.
 */
export function keptValues(): Map<object, unknown> | undefined {
  const keeper = findFrame()?.keeper;
  if (keeper === undefined) return undefined;
  keeper.kept ??= new Map();
  return keeper.kept;
}
