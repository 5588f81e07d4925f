import { AuthError, type BearerErrorCode } from './auth-error.js';
import { type ActorForbiddenReason, type OrgForbiddenReason, permissionReasons } from './reasons.js';

/** The token is good and lacks a scope: 403 `insufficient_scope` (RFC 6750 §3.1). */
export class InsufficientScopeError extends AuthError {
  readonly name = 'InsufficientScopeError';
  readonly status = 403;
  readonly reason = 'scope';
  readonly error = 'insufficient_scope';
  readonly description = 'The access token was not granted the scope that this resource requires';

  /** @param requiredScopes the scopes that the route asks for; they are named in the challenge */
  constructor(override readonly requiredScopes: readonly string[]) {
    super(permissionReasons.scope);
  }
}

/** The token acts for the wrong kind of actor: 403 `insufficient_scope`, with no scope that would help. */
export class ActorForbiddenError extends AuthError {
  readonly name = 'ActorForbiddenError';
  readonly status = 403;
  readonly error = 'insufficient_scope';
  readonly description = 'The access token does not act for the kind of actor that this resource requires';

  constructor(readonly reason: ActorForbiddenReason) {
    super(permissionReasons[reason]);
  }
}

/**
 * The token does not act for the organization that the request touches. 403 by default; `hidden` answers 404, as for an
 * object that does not exist; selectors that disagree are 400, whatever the token says.
 */
export class OrgForbiddenError extends AuthError {
  readonly name = 'OrgForbiddenError';
  readonly status: 400 | 403 | 404;
  readonly error: BearerErrorCode | undefined;
  readonly description: string;

  constructor(
    readonly reason: OrgForbiddenReason,
    options: { hidden?: boolean } = {},
  ) {
    super(permissionReasons[reason]);
    if (reason === 'org_ambiguous') {
      this.status = 400;
      this.error = 'invalid_request';
      this.description = 'The request names more than one organization';
    } else if (options.hidden === true) {
      this.status = 404;
      this.error = undefined;
      this.description = 'There is no such resource';
    } else {
      this.status = 403;
      this.error = 'insufficient_scope';
      this.description = 'The access token does not act for the organization that this resource requires';
    }
  }
}
