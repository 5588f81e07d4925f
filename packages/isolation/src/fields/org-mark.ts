import type { OrgId } from '../frame/org-id.js';

const mark: unique symbol = Symbol.for('@connect-auth/isolation.org') as never;

/**
 * Marks an object with its organization, under a symbol: the mark is in no JSON, and is copied when the object is
 * spread into another. The egress check sees it even if the field with the organization was left out of an answer.
 */
export function markOrg<Marked extends object>(object: Marked, orgId: OrgId): Marked {
  return Object.assign(object, { [mark]: orgId });
}

/** Returns the organization that `markOrg` has written on an object. */
export const markedOrg = (object: object): unknown => (object as { [mark]?: unknown })[mark];
