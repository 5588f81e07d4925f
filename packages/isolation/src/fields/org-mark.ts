import type { OrgId } from '../frame/org-id.js';

const mark: unique symbol = Symbol.for('@connect-auth/isolation.org') as never;

/**
 * Writes on an object whose it is, under a symbol: it is in no JSON, and goes along where the object is spread into
 * another. The egress check sees it, where the field with the organization was left out of an answer.
 */
export function markOrg<Marked extends object>(object: Marked, orgId: OrgId): Marked {
  return Object.assign(object, { [mark]: orgId });
}

/** Whose an object is, where `markOrg` has written it down. */
export const markedOrg = (object: object): unknown => (object as { [mark]?: unknown })[mark];
