import { ConfigurationError, findCurrentAuth } from '@connect-auth/core';
import { checkKnown, checkText, runInOrgFrame } from '@connect-auth/core/adapter';
import { OrgContextError } from '../errors/org-context-error.js';
import { findCurrentOrg } from './current-org.js';
import { toOrgId } from './org-id.js';

export interface WithOrgOptions {
  /** Why there is no caller to do it for: `job:reindex`. It is the actor in the audit trail. */
  readonly reason?: string;
}

/**
 * Runs work for an organization where no request says which: in a job, a script, a test. Awaited inside, since a query
 * that is only made in the frame and run outside of it would run without an organization.
 *
 * Within a frame of the same organization it changes nothing. It never changes the organization: `crossOrg` does.
 *
 * @throws ConfigurationError if the organization is none, or the work no function
 * @throws OrgContextError `org_context_conflict` if work is done for another organization, or for a caller without one
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
