import type { Auth } from '../auth/auth.js';

/** An object that somebody was allowed to access, or was denied. */
export interface ObjectReference {
  readonly type: string;
  readonly id?: string;
}

/** The layer of the isolation that decided. */
export type DecidingLayer = 'token' | 'route' | 'loader' | 'driver' | 'database' | 'egress';

/** Facts about a refusal beside its error. For the operator: the caller is told the same in every case. */
export interface RefusalDetails {
  /** The caller that was refused although its token is good. */
  readonly caller?: Auth;
  readonly layer?: DecidingLayer;
  /** The part of the layer that decided: `orgParam`, the name of a policy. */
  readonly rule?: string;
  /** The organization that owns the object the caller was denied. */
  readonly ownerOrg?: string;
  readonly target?: ObjectReference;
}

/**
 * Kept beside the error and not on it: an error handler may show the error's own properties, and an `Auth` holds its
 * token. One map for the process, which two copies of this package share.
 */
const key: unique symbol = Symbol.for('@connect-auth/core.refusal-details') as never;
const shared = globalThis as { [key]?: WeakMap<object, RefusalDetails> };
shared[key] ??= new WeakMap();
const details = shared[key];

/** Attaches details to the error of a refusal, unseen, and returns the error. */
export function withRefusalDetails<Refusal extends object>(error: Refusal, added: RefusalDetails): Refusal {
  details.set(error, { ...refusalDetailsOf(error), ...added });
  return error;
}

/** Returns the details of a refusal; empty if there are none. */
export const refusalDetailsOf = (error: unknown): RefusalDetails =>
  (typeof error === 'object' && error !== null ? details.get(error) : undefined) ?? {};
