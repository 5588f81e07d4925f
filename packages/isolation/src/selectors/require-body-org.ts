import { type OrgAuth, OrgForbiddenError } from '@connect-auth/core';
import { withRefusalDetails } from '@connect-auth/core/adapter';
import { isOrgField } from '../fields/org-fields.js';
import { type NamingRecord, requireNamedOrg } from './require-named-org.js';

/** Limits the search, since bodies are parsed by somebody else and may be of any depth. */
const maxDepth = 64;

/**
 * Compares a field of the body with the organization of the caller; in a list, the field of each member.
 *
 * @throws OrgForbiddenError `org_mismatch` (403); `org_ambiguous` (400), also for `null`, which would remove the
 * organization, and for a body that is neither an object nor a list of objects
 */
export function requireBodyOrg(record: NamingRecord, auth: OrgAuth, body: unknown, field: string): void {
  for (const part of partsOf(body)) {
    const named = Object.hasOwn(part, field) ? (part[field] ?? [null]) : undefined;
    requireNamedOrg(record, auth, named, { selector: 'body' });
  }
}

/**
 * Writes the caller's own organization into the body. Anything else in the fields that hold an organization is removed
 * at the top, and refused below, where it may be another organization's data that is created along with the rest.
 *
 * @param field the field that the organization is written to
 * @returns the body, or an object of that field alone if there is no body
 * @throws OrgForbiddenError `org_mismatch` (403); `org_ambiguous` (400) for a body that is neither an object nor a list
 * of objects
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

/** Returns the object, or the objects of a list. Any other body has no place for an organization. */
function partsOf(body: unknown): Record<string, unknown>[] {
  if (body === undefined || body === null) return [];
  const parts: unknown[] = Array.isArray(body) ? body : [body];
  if (!parts.every(isPlain)) throw ambiguous();
  return parts;
}

/** Refuses `__proto__` as an own member: it becomes the prototype of any object that the body is copied into. */
const isPlain = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' &&
  part !== null &&
  !Array.isArray(part) &&
  !ArrayBuffer.isView(part) &&
  !Object.hasOwn(part, '__proto__');

const ambiguous = () => withRefusalDetails(new OrgForbiddenError('org_ambiguous'), { layer: 'route', rule: 'body' });
