import { AuthError, type BearerErrorCode } from './auth-error.js';
import { type ActorForbiddenReason, type OrgForbiddenReason, permissionReasons } from './reasons.js';

/** The token is good and lacks a scope: 403 `insufficient_scope` (RFC 6750 §3.1). */
export class InsufficientScopeError extends AuthError {
  readonly name = 'InsufficientScopeError';
  readonly code = 'AUTH_INSUFFICIENT_SCOPE';
  readonly status = 403;
  readonly reason = 'scope';
  readonly error = 'insufficient_scope';
  readonly description = 'The access token was not granted the scope that this resource requires';

  /** @param requiredScopes the scopes that the route requires; named in the challenge */
  constructor(override readonly requiredScopes: readonly string[]) {
    super(permissionReasons.scope);
  }
}

/** The token acts for the wrong kind of actor: 403 `insufficient_scope`, without a scope, since none would help. */
export class ActorForbiddenError extends AuthError {
  readonly name = 'ActorForbiddenError';
  readonly code = 'AUTH_ACTOR_FORBIDDEN';
  readonly status = 403;
  readonly error = 'insufficient_scope';
  readonly description = 'The access token does not act for the kind of actor that this resource requires';

  constructor(readonly reason: ActorForbiddenReason) {
    super(permissionReasons[reason]);
  }
}

export interface OrgForbiddenOptions {
  /** Answers 404, so that the caller does not learn that the object exists. Default: false. */
  readonly hidden?: boolean;
  /** For `org_grant_required`: the scope that would have been sufficient; named in the challenge. */
  readonly requiredScopes?: readonly string[];
}

/**
 * The token does not act for the organization that the request touches. 403 by default; 404 with `hidden`, in the
 * same bytes as `not_found` for an object that does not exist; 400 if the request names several organizations, whatever
 * the token says.
 */
export class OrgForbiddenError extends AuthError {
  readonly name = 'OrgForbiddenError';
  readonly code = 'AUTH_ORG_FORBIDDEN';
  readonly status: 400 | 403 | 404;
  readonly error: BearerErrorCode | undefined;
  readonly description: string;
  override readonly requiredScopes: readonly string[] | undefined;

  constructor(
    readonly reason: OrgForbiddenReason,
    { hidden = false, requiredScopes }: OrgForbiddenOptions = {},
  ) {
    super(permissionReasons[reason]);
    this.requiredScopes = requiredScopes;
    const { status, error, description } = answerOf(reason, hidden);
    this.status = status;
    this.error = error;
    this.description = description;
  }
}

type OrgAnswer = Pick<OrgForbiddenError, 'status' | 'error' | 'description'>;

const ambiguous: OrgAnswer = {
  status: 400,
  error: 'invalid_request',
  description: 'The request names more than one organization',
};
const notFound: OrgAnswer = { status: 404, error: undefined, description: 'There is no such resource' };
const forbidden = (description: string): OrgAnswer => ({ status: 403, error: 'insufficient_scope', description });

function answerOf(reason: OrgForbiddenReason, hidden: boolean): OrgAnswer {
  if (reason === 'org_ambiguous') return ambiguous;
  if (reason === 'not_found' || hidden) return notFound;
  if (reason === 'org_grant_required') {
    return forbidden('The access token was not granted the scope to work across organizations');
  }
  if (reason === 'org_not_allowed') return forbidden('The organization of the access token is not let in');
  return forbidden('The access token does not act for the organization that this resource requires');
}
