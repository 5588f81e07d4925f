/**
 * Names of fields that hold an organization's id, reduced from every spelling: `org_id`, `orgId`, `organization_id`, …
 */
const plainNames: ReadonlySet<string> = new Set(['orgid', 'organizationid']);

/** Remembers names: programs have few, and check them on every object. Bounded, since callers may make up names. */
const known = new Map<string, boolean>();
const maxKnown = 10_000;
const maxNameLength = 64;

/** Tells whether a field of this name holds the id of an organization. */
export function isOrgField(name: string): boolean {
  let is = known.get(name);
  if (is === undefined) {
    is = plainNames.has(name.replace(/[_-]/g, '').toLowerCase());
    if (known.size < maxKnown && name.length <= maxNameLength) known.set(name, is);
  }
  return is;
}

/** Returns the values of an object's fields that hold an organization's id; null and undefined say nothing. */
export const orgValuesOf = (object: object): readonly unknown[] =>
  Object.entries(object).flatMap(([name, value]) =>
    isOrgField(name) && value !== null && value !== undefined ? [value] : [],
  );
