/** Names that fields with an organization's id go by, however they are spelt: `org_id`, `orgId`, `organization_id`, … */
const plainNames: ReadonlySet<string> = new Set(['orgid', 'organizationid']);

/** Programs have few names, and ask for the same ones at every object. Names of a caller's making must not pile up. */
const known = new Map<string, boolean>();
const maxKnown = 10_000;
const maxNameLength = 64;

/** Whether a field of this name holds the id of an organization. */
export function isOrgField(name: string): boolean {
  let is = known.get(name);
  if (is === undefined) {
    is = plainNames.has(name.replace(/[_-]/g, '').toLowerCase());
    if (known.size < maxKnown && name.length <= maxNameLength) known.set(name, is);
  }
  return is;
}

/** The values of the fields of an object that hold an organization's id; null and undefined say nothing. */
export const orgValuesOf = (object: object): readonly unknown[] =>
  Object.entries(object).flatMap(([name, value]) =>
    isOrgField(name) && value !== null && value !== undefined ? [value] : [],
  );
