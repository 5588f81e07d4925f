import type { AuditIsolation, AuditTarget } from './audit-event.js';

/** What is known of a refusal beside its error. For the operator: the caller is told the same of all. */
export interface RefusalDetails extends AuditIsolation {
  /** Whose it is what was refused. */
  readonly owner_org?: string;
  readonly target?: AuditTarget;
}

/** Beside the error and not on it: an error handler may show what stands on it. */
const details = new WeakMap<object, RefusalDetails>();
const refusals = new WeakMap<object, unknown>();
const targets = new WeakMap<object, readonly AuditTarget[]>();

/** Says what a refusal was about, and gives the error back. */
export function detailed<Refusal extends Error>(error: Refusal, known: RefusalDetails): Refusal {
  details.set(error, known);
  return error;
}

export const detailsOf = (error: unknown): RefusalDetails | undefined =>
  typeof error === 'object' && error !== null ? details.get(error) : undefined;

/** For adapters: keeps with what a request was refused, until it is over and goes on record. */
export function keepRefusal(request: object | null | undefined, error: unknown): void {
  if (request !== null && request !== undefined) refusals.set(request, error);
}

/** For adapters: keeps what a request was let at, until it is over and goes on record. */
export function keepTarget(request: object, target: AuditTarget): void {
  targets.set(request, [...targetsOf(request), target]);
}

/** What a request was let at, in the order of the checks: the project, then its task. */
export const targetsOf = (request: object): readonly AuditTarget[] => targets.get(request) ?? [];

/** With what a request was refused last; undefined if it was not. */
export const refusalOf = (request: object): unknown => refusals.get(request);
