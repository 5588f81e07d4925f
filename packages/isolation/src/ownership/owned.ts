import { ConfigurationError, type OrgAuth, OrgForbiddenError } from '@connect-auth/core';
import { withRefusalDetails } from '@connect-auth/core/adapter';
import { orgValuesOf } from '../fields/org-fields.js';
import { markOrg } from '../fields/org-mark.js';
import { toOrgId } from '../frame/org-id.js';
import type { ForeignAnswer } from '../selectors/org-selector.js';

declare const brand: unique symbol;

/** An object that was found to be of the caller's own organization. Repositories may ask for one. */
export type Owned<Value> = Value & { readonly [brand]: 'Owned' };

export interface OwnedOptions<Value> {
  /** What kind of object it is, for errors and the audit trail: `project`. */
  readonly type: string;
  /** Its id, for the audit trail. Default: not told. */
  readonly id?: string;
  /** Whose an object is. Default: its `org_id`, `orgId`, `organization_id` or `organizationId`. */
  readonly orgOf?: (value: Value) => string;
  /** `hide`: another's object is answered in the same bytes as none (404). `forbid`: with 403. Default: `hide`. */
  readonly foreign?: ForeignAnswer;
}

/**
 * Lets an object pass that is of the caller's own organization.
 *
 * @param value what was loaded; null or undefined where there is none
 * @throws OrgForbiddenError `not_found` (404), `org_mismatch` (404 or 403)
 * @throws ConfigurationError if nobody can tell whose the object is: it is not taken for the caller's
 */
export function requireOwned<Value>(
  auth: OrgAuth,
  value: Value | null | undefined,
  options: OwnedOptions<Value>,
): Owned<Value> {
  const { type, id, foreign } = options;
  const known = { layer: 'loader', rule: type, target: { type, ...(id !== undefined && { id }) } } as const;
  if (value === null || value === undefined) throw withRefusalDetails(new OrgForbiddenError('not_found'), known);
  const owner = ownerOf(value, options);
  if (owner !== auth.orgId) {
    const refusal = new OrgForbiddenError('org_mismatch', { hidden: foreign !== 'forbid' });
    throw withRefusalDetails(refusal, { ...known, ownerOrg: owner });
  }
  if (typeof value === 'object' && Object.isExtensible(value)) markOrg(value, toOrgId(auth.orgId));
  return value as Owned<Value>;
}

function ownerOf<Value>(value: Value, { type, orgOf }: OwnedOptions<Value>): string {
  const owners = new Set(orgOf === undefined ? valuesOf(value) : [orgOf(value)]);
  const [owner] = owners;
  if (owners.size !== 1 || typeof owner !== 'string' || owner === '') {
    throw new ConfigurationError(type, 'was loaded without one organization: give orgOf, or load its org_id');
  }
  return owner;
}

const valuesOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? orgValuesOf(value) : [];
