import { type OrgAuth, OrgForbiddenError } from '@connect-auth/core';
import { withRefusalDetails } from '@connect-auth/core/adapter';
import { defaultAnswer, type ForeignAnswer, type OrgSelector } from './org-selector.js';

export interface NamedOrgOptions {
  readonly selector: OrgSelector;
  /** Default: `hide` for the path, `forbid` for the others. */
  readonly foreign?: ForeignAnswer;
}

/** The part of a request's record that keeps the organization named so far. */
export interface NamingRecord {
  namedOrg?: string | undefined;
}

/**
 * Compares a value that names an organization with the organization of the caller, and refuses it unless the two are
 * identical. A place that names none asserts nothing.
 *
 * @param record the record of the request, by which two places that disagree are noticed
 * @param value the value in that place, decoded once; a list is more than one organization
 * @throws OrgForbiddenError `org_ambiguous` (400) for a list, for a value that is not a text, and if an earlier place
 * named another; `org_mismatch` (404 or 403) for an organization that is not the caller's
 */
export function requireNamedOrg(
  record: NamingRecord,
  auth: OrgAuth,
  value: unknown,
  { selector, foreign = defaultAnswer(selector) }: NamedOrgOptions,
): void {
  if (value === undefined || value === null) return;
  const known = { layer: 'route', rule: selector } as const;
  if (typeof value !== 'string') throw withRefusalDetails(new OrgForbiddenError('org_ambiguous'), known);
  if (record.namedOrg !== undefined && record.namedOrg !== value)
    throw withRefusalDetails(new OrgForbiddenError('org_ambiguous'), known);
  record.namedOrg = value;
  if (value === auth.orgId) return;
  throw withRefusalDetails(new OrgForbiddenError('org_mismatch', { hidden: foreign === 'hide' }), known);
}
