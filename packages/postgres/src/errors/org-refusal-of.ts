import { type AuthError, OrgForbiddenError } from '@connect-auth/core';
import { withRefusalDetails } from '@connect-auth/core/adapter';
import { UnknownReferenceError } from '@connect-auth/isolation';
import { isUnknownReference } from './is-unknown-reference.js';
import { violatedPolicy } from './violated-policy.js';

/**
 * Returns the refusal that a database error stands for, for the error handlers of the adapters: 404 for a row that names
 * another organization, as for one that does not exist; 422 for a reference to a row that the organization does not have.
 * Undefined for every other error, including a missing privilege or frame: those are faults of the program.
 */
export function orgRefusalOf(error: unknown): AuthError | undefined {
  const policy = violatedPolicy(error);
  if (policy !== undefined) {
    return withRefusalDetails(new OrgForbiddenError('org_mismatch', { hidden: true }), {
      layer: 'database',
      rule: policy,
    });
  }
  if (!isUnknownReference(error)) return undefined;
  return withRefusalDetails(new UnknownReferenceError(), { layer: 'database', rule: 'foreign key' });
}
