import { type OrgAuth, OrgForbiddenError } from '@connect-auth/core';
import { isOrgField } from '../fields/org-fields.js';
import { requireNamedOrg } from './require-named-org.js';

/** Bodies are parsed by somebody else, and may be of any depth. */
const maxDepth = 64;

/**
 * Holds a field of the body against the organization of the caller. In a list, that of each member.
 *
 * @throws OrgForbiddenError `org_mismatch` (403), `org_ambiguous` (400)
 */
export function requireBodyOrg(request: object, auth: OrgAuth, body: unknown, field: string): void {
  for (const part of partsOf(body)) requireNamedOrg(request, auth, part[field], { selector: 'body' });
}

/**
 * The body as the caller's own organization writes it: whatever else it says in the places that hold an organization is
 * taken out at the top, and refused below, where it may be data of another's that is created along.
 *
 * @param field where the organization is written
 * @throws OrgForbiddenError `org_mismatch` (403)
 */
export function stampBody(auth: OrgAuth, body: unknown, field: string): void {
  for (const part of partsOf(body)) {
    for (const name of Object.keys(part)) {
      if (isOrgField(name) || name === field) delete part[name];
      else requireOwnWithin(auth, part[name], 1);
    }
    part[field] = auth.orgId;
  }
}

function requireOwnWithin(auth: OrgAuth, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxDepth) throw new OrgForbiddenError('org_ambiguous');
  for (const [name, member] of Object.entries(value)) {
    if (isOrgField(name) && member !== null && member !== auth.orgId) throw new OrgForbiddenError('org_mismatch');
    requireOwnWithin(auth, member, depth + 1);
  }
}

/** The object, or the objects of a list. What is neither has no fields. */
const partsOf = (body: unknown): Record<string, unknown>[] =>
  (Array.isArray(body) ? body : [body]).filter((part) => typeof part === 'object' && part !== null);
