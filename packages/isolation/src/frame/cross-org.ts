import type { AuditCaller, AuditTrail } from '@connect-auth/audit';
import { describeAuth, requireAuditTrail } from '@connect-auth/audit/adapter';
import { ConfigurationError, findCurrentAuth, OrgForbiddenError } from '@connect-auth/core';
import { checkKnown, checkText, isInRequest, runInOrgFrame } from '@connect-auth/core/adapter';
import { OrgContextError } from '../errors/org-context-error.js';
import { type OrgId, toOrgId } from './org-id.js';

export interface CrossOrgOptions {
  /** The organizations to work for, one after the other. */
  readonly orgs: readonly string[];
  /** The reason, for the audit trail of each organization: `monthly invoice run`. */
  readonly reason: string;
  /** The scope that the caller's token must have been granted: `billing:read-all`. */
  readonly grant: string;
  /** The actor where there is no request, in a job: `job:invoices`. Has no effect in a request. */
  readonly system?: string;
  /** Default: the trail given to `setAuditTrail`. */
  readonly audit?: AuditTrail;
}

/**
 * Works for several organizations in turn, each in a frame of its own. The only way over the wall, and still never
 * without a frame: everything that `work` does is bound to the organization whose turn it is. The crossing is recorded,
 * for each organization, before any work is done.
 *
 * @returns the results of `work`, in the order of `orgs`
 * @throws OrgForbiddenError `org_grant_required` if the caller's token lacks the grant
 * @throws OrgContextError `org_context_missing` if there is neither a caller nor `system`
 * @throws AuditSinkError if the crossing cannot be recorded; no work was done then
 * @throws ConfigurationError naming the option; and without an audit trail
 */
export async function crossOrg<Result>(
  options: CrossOrgOptions,
  work: (orgId: OrgId) => Promise<Result>,
): Promise<Result[]> {
  const orgIds = checkOptions(options);
  if (typeof work !== 'function') throw new ConfigurationError('crossOrg()', 'takes an async function');
  const audit = requireAuditTrail('crossOrg()', options.audit);
  const caller = requireGrant(options);
  for (const id of orgIds) await audit.write(describeCrossing(caller, id, options));
  const results: Result[] = [];
  for (const orgId of orgIds) {
    results.push(await runInOrgFrame({ orgId }, async () => await work(orgId)));
  }
  return results;
}

const optionNames = ['orgs', 'reason', 'grant', 'system', 'audit'];

function checkOptions(options: CrossOrgOptions): readonly OrgId[] {
  checkKnown('crossOrg()', options, optionNames);
  checkText('crossOrg() reason', options.reason);
  checkText('crossOrg() grant', options.grant);
  if (options.system !== undefined) checkText('crossOrg() system', options.system);
  if (!Array.isArray(options.orgs) || options.orgs.length === 0) {
    throw new ConfigurationError('crossOrg() orgs', 'must name at least one organization');
  }
  const orgIds = options.orgs.map(toOrgId);
  if (new Set(orgIds).size !== orgIds.length) throw new ConfigurationError('crossOrg() orgs', 'must differ');
  return orgIds;
}

function requireGrant({ grant, system }: CrossOrgOptions): AuditCaller {
  const auth = findCurrentAuth();
  if (auth === undefined) {
    // A request has a caller, or had one: somebody without a token is not the system.
    if (system === undefined || isInRequest()) throw new OrgContextError('org_context_missing');
    return { actor: { type: 'system', id: system } };
  }
  if (!auth.scopes.has(grant)) throw new OrgForbiddenError('org_grant_required', { requiredScopes: [grant] });
  return describeAuth(auth);
}

const describeCrossing = (caller: AuditCaller, id: OrgId, { orgs, grant, reason }: CrossOrgOptions) => ({
  ...caller,
  org: { id, source: 'frame' as const },
  action: 'organization.cross',
  decision: 'allow' as const,
  cross_org: { orgs: [...orgs], grant, reason },
});
