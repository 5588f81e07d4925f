import { ConfigurationError, findCurrentAuth } from '@connect-auth/core';
import { checkKnown, checkText, runInOrgFrame } from '@connect-auth/core/adapter';
import { OrgContextError } from '../errors/org-context-error.js';
import { findCurrentOrg } from './current-org.js';
import { toOrgId } from './org-id.js';

export interface WithOrgOptions {
  /** Why the work has no caller: `job:reindex`. Recorded as the actor in the audit trail. */
  readonly reason?: string;
}

/**
 * Runs work for an organization where no request names one: in a job, a script, a test. The work is awaited inside the
 * frame, since a query that is only built there and executed outside would run without an organization.
 *
 * Changes nothing within a frame of the same organization. Never switches to another organization: `crossOrg` does
 * that.
 *
 * @throws ConfigurationError if the id cannot be an organization's, or the work is not a function
 * @throws OrgContextError `org_context_conflict` if work is already done for another organization, or for a caller
 * without one
 */
export async function withOrg<Result>(
  orgId: string,
  work: () => Promise<Result>,
  options: WithOrgOptions = {},
): Promise<Result> {
  const wanted = toOrgId(orgId);
  checkKnown('withOrg()', options, ['reason']);
  if (options.reason !== undefined) checkText('withOrg() reason', options.reason);
  if (typeof work !== 'function') throw new ConfigurationError('withOrg()', 'takes an async function');
  const current = findCurrentOrg();
  if (current === wanted) return await work();
  if (current !== undefined || findCurrentAuth() !== undefined) throw new OrgContextError('org_context_conflict');
  return runInOrgFrame({ orgId: wanted, reason: options.reason }, async () => await work());
}
