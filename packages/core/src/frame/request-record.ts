import type { AccessRule } from '../access/access-rule.js';
import type { ObjectReference } from '../access/refusal-details.js';
import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { ChallengeOptions } from '../errors/to-challenge.js';
import type { Acceptance, TokenVerifier } from './acceptance.js';
import type { Keeper } from './keeper.js';
import type { PassedGuard } from './passed-guard.js';

/** How an adapter protects a request. */
export interface Protection {
  readonly verifier: TokenVerifier;
  readonly challenge: ChallengeOptions;
  /** Whether errors go to the application's error handler instead of being answered. */
  readonly passErrors: boolean;
}

const noRules: readonly AccessRule[] = Object.freeze([]);

/**
 * Everything known of one request, or of one message, while it is handled; kept nowhere else. Adapters make it, by
 * `recordOf`; code that runs for the request finds it through the frame.
 */
export class RequestRecord implements Keeper {
  /** The adapter's settings; undefined until one of its guards has seen the request. */
  protection: Protection | undefined = undefined;
  /** The URL of the resource's metadata, for challenges (RFC 9728 §5.1). */
  resourceMetadata: string | undefined = undefined;
  /** The token that was accepted for the request, or is still being verified. */
  acceptance: Acceptance | undefined = undefined;
  /** The caller whose token was good, even if the request was then denied. */
  verified: Auth | undefined = undefined;
  /** The rules that the caller has met so far, for guards that must check them again on a newer answer. */
  metRules: readonly AccessRule[] = noRules;
  /**
   * The checks of the request that its caller has met, each for an organization: two guards need not both load an
   * object.
   */
  metChecks: Map<object, Auth['orgId']> | undefined = undefined;
  /** The handler whose guard has allowed the request, and the basis of that decision. */
  passed: PassedGuard | undefined = undefined;
  /** The last error with which the request was refused. */
  refusal: unknown = undefined;
  /** The organization that the request has named so far, in its path or beside it. */
  namedOrg: string | undefined = undefined;
  /** Whether the answer may hold data of several organizations. */
  crossesOrgs = false;
  /** Whether the request asks for GraphQL fields, which no router has a route for. */
  isGraphql = false;
  /** The objects that the request was allowed to access, in the order of the checks: the project, then its task. */
  targets: readonly ObjectReference[] = [];
  kept: Map<object, unknown> | undefined = undefined;
  #owned: Map<unknown, unknown> | undefined;
  #caller: Auth | undefined;
  /** The organization of the first caller that was admitted: no other may follow. */
  #sealedOrg: string | undefined;

  /** @param request the request of Node.js, or another object that tells one call from another */
  constructor(readonly request: object) {}

  /** The verified caller that the request is handled for; undefined for nobody. */
  get caller(): Auth | undefined {
    return this.#caller;
  }

  /** Objects that were loaded and found to belong to the caller's own organization, keyed by their declarations. */
  get owned(): Map<unknown, unknown> {
    this.#owned ??= new Map();
    return this.#owned;
  }

  /** Remembers a rule that the caller has met. */
  meet(rule: AccessRule): void {
    this.metRules = [...this.metRules, rule];
  }

  /** Starts anew under other settings: forgets everything that an earlier guard found out, except the organization. */
  protect(protection: Protection): void {
    this.protection = protection;
    this.acceptance = undefined;
    this.verified = undefined;
    this.metRules = noRules;
    this.metChecks = undefined;
    this.passed = undefined;
    this.#caller = undefined;
  }

  /**
   * Sets the caller that the request is handled as from now on; undefined makes nobody the caller. For adapters, by
   * `admitCaller`.
   *
   * @throws ConfigurationError if a caller of another organization was admitted before: one request, one organization
   */
  admit(auth: Auth | undefined): void {
    const orgId = auth?.orgId;
    if (orgId !== undefined && this.#sealedOrg !== undefined && this.#sealedOrg !== orgId) {
      throw new ConfigurationError('currentOrg()', 'is another organization already: two callers were let in at once');
    }
    this.#sealedOrg ??= orgId;
    this.#caller = auth;
  }
}

/**
 * Kept on the request itself, where logs do not show it: an entry in a `WeakMap` costs a request some 7 µs.
 * `Symbol.for`, so that two copies of this package share it.
 */
const key: unique symbol = Symbol.for('@connect-auth/core.request-record') as never;

/** Returns the record of a request, and makes it when it is first asked for. */
export function recordOf(request: object): RequestRecord {
  const known = findRecordOf(request);
  if (known !== undefined) return known;
  const record = new RequestRecord(request);
  Object.defineProperty(request, key, { value: record });
  return record;
}

/** Returns the record of a request, if one was made. */
export const findRecordOf = (request: object): RequestRecord | undefined =>
  (request as { readonly [key]?: RequestRecord })[key];
