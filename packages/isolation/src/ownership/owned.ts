import { ConfigurationError, type OrgAuth, OrgForbiddenError } from '@connect-auth/core';
import { withRefusalDetails } from '@connect-auth/core/adapter';
import { orgValuesOf } from '../fields/org-fields.js';
import { markOrg } from '../fields/org-mark.js';
import { toOrgId } from '../frame/org-id.js';
import type { ForeignAnswer } from '../selectors/org-selector.js';

declare const brand: unique symbol;

/** An object that was found to belong to the caller's own organization. Repositories may ask for one. */
export type Owned<Value> = Value & { readonly [brand]: 'Owned' };

export interface OwnedOptions<Value> {
  /** The kind of object, for errors and the audit trail: `project`. */
  readonly type: string;
  /** The id of the object, for the audit trail. Default: not recorded. */
  readonly id?: string;
  /** Returns the owner of an object. Default: its `org_id`, `orgId`, `organization_id` or `organizationId`. */
  readonly orgOf?: (value: Value) => string;
  /**
   * `hide`: another's object is answered in the same bytes as a missing one (404). `forbid`: with 403. Default: `hide`.
   */
  readonly foreign?: ForeignAnswer;
}

/**
 * Returns an object that belongs to the caller's own organization, or throws why it may not be used.
 *
 * @param value the loaded object; null or undefined if there is none
 * @throws OrgForbiddenError `not_found` (404), `org_mismatch` (404 or 403)
 * @throws ConfigurationError if the owner of the object is unclear: it is not assumed to be the caller's
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
