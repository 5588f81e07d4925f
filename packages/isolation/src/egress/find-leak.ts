import { isOrgField } from '../fields/org-fields.js';
import { markedOrg } from '../fields/org-mark.js';

/** Another organization's data, found in an answer. */
export interface OrgLeak {
  /** The place in the answer: `projects[3].org_id`. For the operator. */
  readonly path: string;
  /** The organization that owns the data. For the operator, never for the caller. */
  readonly orgId: string;
}

export interface OrgLeakSearch {
  /** The organization that the answer is for; if undefined, any organization's data is a leak. */
  readonly orgId: string | undefined;
  /** Further names of fields that hold an organization's id: `tenant_id`. Default: none. */
  readonly fields?: ReadonlySet<string>;
  /** Names of fields below which other organizations may be named: `memberships`. */
  readonly except: ReadonlySet<string>;
}

/**
 * Searches an answer, before it becomes JSON, for another organization's data. Goes by the names of fields and by
 * `markOrg`: it does NOT find data whose organization the answer does not state, such as a count or a name alone.
 */
export function findLeak(value: unknown, search: OrgLeakSearch): OrgLeak | undefined {
  const found = leakIn(value, search, new Set());
  return found && { path: written(found.steps), orgId: found.orgId };
}

/** A leak and the steps to it, which are put together on the way back, so that an answer without a leak costs none. */
interface Found {
  readonly steps: readonly (string | number)[];
  readonly orgId: string;
}

const found = (orgId: string, ...steps: Found['steps']): Found => ({ steps, orgId });

function leakIn(value: unknown, search: OrgLeakSearch, above: Set<object>): Found | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date)
    return undefined;
  if (above.has(value)) return undefined; // A cycle: JSON throws.
  above.add(value);
  // A marked object may leave the organization out of its JSON.
  const leak = leakInMark(value, search) ?? leakInTold(toldBy(value), search, above);
  above.delete(value);
  return leak;
}

/** Returns what JSON would make of an object: `toJSON` is called once, and not again on its result. */
function toldBy(value: object): unknown {
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(value, '') : value;
}

function leakInTold(told: unknown, search: OrgLeakSearch, above: Set<object>): Found | undefined {
  if (typeof told !== 'object' || told === null) return undefined;
  return Array.isArray(told) ? inList(told, search, above) : inObject(told, search, above);
}

function leakInMark(value: object, { orgId }: OrgLeakSearch): Found | undefined {
  const marked = markedOrg(value);
  return marked === undefined || marked === orgId ? undefined : found(String(marked));
}

function inList(list: readonly unknown[], search: OrgLeakSearch, above: Set<object>): Found | undefined {
  for (let at = 0; at < list.length; at += 1) {
    const leak = leakIn(list[at], search, above);
    if (leak !== undefined) return found(leak.orgId, at, ...leak.steps);
  }
  return undefined;
}

function inObject(object: object, search: OrgLeakSearch, above: Set<object>): Found | undefined {
  for (const name of Object.keys(object)) {
    if (search.except.has(name)) continue;
    const member = (object as Record<string, unknown>)[name];
    if (isOrgField(name) || search.fields?.has(name)) {
      const foreign = foreignIn(member, search.orgId);
      if (foreign !== undefined) return found(foreign, name);
    }
    const leak = leakIn(member, search, above);
    if (leak !== undefined) return found(leak.orgId, name, ...leak.steps);
  }
  return undefined;
}

/** Finds an id other than the organization's own. A list is checked id by id, and an object as JSON would write it. */
function foreignIn(member: unknown, orgId: string | undefined): string | undefined {
  if (member === null || member === undefined || member === orgId) return undefined;
  if (Array.isArray(member)) return member.map((each) => foreignIn(each, orgId)).find((each) => each !== undefined);
  if (typeof member !== 'object') return String(member);
  const told = toldBy(member);
  const plain = told === member && typeof member.valueOf === 'function' ? member.valueOf() : told;
  return typeof plain === 'object' ? undefined : foreignIn(plain, orgId);
}

const written = (steps: Found['steps']): string =>
  steps.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('') ||
  '(answer)';
