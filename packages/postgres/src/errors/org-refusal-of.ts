import { type AuthError, OrgForbiddenError } from '@connect-auth/core';
import { withRefusalDetails } from '@connect-auth/core/adapter';
import { UnknownReferenceError } from '@connect-auth/isolation';
import { isUnknownReference } from './is-unknown-reference.js';
import { wallViolationOf } from './is-wall-violation.js';

/**
 * The refusal that an error of the database means, for the error handlers of the adapters: a row that the wall kept out of
 * another organization is answered 404 as what does not exist, a reference to nothing of one's own 422. Undefined for
 * every other error, also where the rights of the role or the frame are missing: those are faults of the program.
 */
export function orgRefusalOf(error: unknown): AuthError | undefined {
  const policy = wallViolationOf(error);
  if (policy !== undefined) {
    return withRefusalDetails(new OrgForbiddenError('org_mismatch', { hidden: true }), {
      layer: 'database',
      rule: policy,
    });
  }
  if (!isUnknownReference(error)) return undefined;
  return withRefusalDetails(new UnknownReferenceError(), { layer: 'database', rule: 'foreign key' });
}
