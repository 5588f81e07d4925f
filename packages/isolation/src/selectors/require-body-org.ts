import { type OrgAuth, OrgForbiddenError } from '@connect-auth/core';
import { withRefusalDetails } from '@connect-auth/core/adapter';
import { isOrgField } from '../fields/org-fields.js';
import { type NamingRecord, requireNamedOrg } from './require-named-org.js';

/** Bodies are parsed by somebody else, and may be of any depth. */
const maxDepth = 64;

/**
 * Holds a field of the body against the organization of the caller. In a list, that of each member.
 *
 * @throws OrgForbiddenError `org_mismatch` (403); `org_ambiguous` (400), also for `null`, which would take the
 * organization away, and for what is neither an object nor a list of objects
 */
export function requireBodyOrg(record: NamingRecord, auth: OrgAuth, body: unknown, field: string): void {
  for (const part of partsOf(body)) {
    const named = Object.hasOwn(part, field) ? (part[field] ?? [null]) : undefined;
    requireNamedOrg(record, auth, named, { selector: 'body' });
  }
}

/**
 * The body as the caller's own organization writes it: whatever else it says in the places that hold an organization is
 * taken out at the top, and refused below, where it may be data of another's that is created along.
 *
 * @param field where the organization is written
 * @returns the body, or an object of that field alone where there is none
 * @throws OrgForbiddenError `org_mismatch` (403); `org_ambiguous` (400) for what is neither an object nor a list of objects
 */
export function stampBody(auth: OrgAuth, body: unknown, field: string): unknown {
  const parts = partsOf(body);
  for (const part of parts) {
    for (const name of Object.keys(part)) {
      if (isOrgField(name) || name === field) delete part[name];
      else requireOwnWithin(auth, part[name], 1);
    }
    part[field] = auth.orgId;
  }
  return body ?? { [field]: auth.orgId };
}

function requireOwnWithin(auth: OrgAuth, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxDepth) throw ambiguous();
  for (const [name, member] of Object.entries(value)) {
    if (isOrgField(name) && member !== null && member !== auth.orgId) {
      throw withRefusalDetails(new OrgForbiddenError('org_mismatch'), { layer: 'route', rule: 'body' });
    }
    requireOwnWithin(auth, member, depth + 1);
  }
}

/** The object, or the objects of a list. A body that is something else has no place for an organization. */
function partsOf(body: unknown): Record<string, unknown>[] {
  if (body === undefined || body === null) return [];
  const parts: unknown[] = Array.isArray(body) ? body : [body];
  if (!parts.every(isPlain)) throw ambiguous();
  return parts;
}

/** `__proto__` as a member of its own becomes the prototype of whatever the body is copied into. */
const isPlain = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' &&
  part !== null &&
  !Array.isArray(part) &&
  !ArrayBuffer.isView(part) &&
  !Object.hasOwn(part, '__proto__');

const ambiguous = () => withRefusalDetails(new OrgForbiddenError('org_ambiguous'), { layer: 'route', rule: 'body' });
