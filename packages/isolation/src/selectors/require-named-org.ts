import { type OrgAuth, OrgForbiddenError } from '@connect-auth/core';
import { detailed } from '../audit/refusals.js';
import { defaultAnswer, type ForeignAnswer, type OrgSelector } from './org-selector.js';

export interface NamedOrgOptions {
  readonly selector: OrgSelector;
  /** Default: `hide` for the path, `forbid` for the others. */
  readonly foreign?: ForeignAnswer;
}

/** Which organization each request has named so far, so that two places that disagree are told. */
const named = new WeakMap<object, string>();

/**
 * Holds what a request names against the organization of its caller: the same, to the letter, or refused. A place that
 * names none asserts nothing.
 *
 * @param request the request, by which it is told from others
 * @param value what stands there, decoded once; a list is more than one organization
 * @throws OrgForbiddenError `org_ambiguous` (400) for lists, for what is no text, and where an earlier place named
 * another; `org_mismatch` (404 or 403) for an organization that is not the caller's
 */
export function requireNamedOrg(
  request: object,
  auth: OrgAuth,
  value: unknown,
  { selector, foreign = defaultAnswer(selector) }: NamedOrgOptions,
): void {
  if (value === undefined || value === null) return;
  const known = { layer: 'route', rule: selector } as const;
  if (typeof value !== 'string') throw detailed(new OrgForbiddenError('org_ambiguous'), known);
  const earlier = named.get(request);
  if (earlier !== undefined && earlier !== value) throw detailed(new OrgForbiddenError('org_ambiguous'), known);
  named.set(request, value);
  if (value === auth.orgId) return;
  throw detailed(new OrgForbiddenError('org_mismatch', { hidden: foreign === 'hide' }), known);
}
