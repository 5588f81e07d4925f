// The path of a request, in its order.

export type { AllowedOrgs } from './access/allowed-orgs.js';
export { requireClient, requireUser } from './access/require-actor.js';
export { hasAnyScope, requireAnyScope } from './access/require-any-scope.js';
export { type OrgAuth, requireOrg } from './access/require-org.js';
export { hasScopes, requireScopes } from './access/require-scopes.js';
export type { Actor, Auth } from './auth/auth.js';
export type { ClaimProfile } from './claims/claim-settings.js';
export { type AnyAuthError, isAuthError } from './errors/any-auth-error.js';
export { AuthError, type BearerErrorCode } from './errors/auth-error.js';
export { ConfigurationError } from './errors/configuration-error.js';
export { IssuerUnavailableError } from './errors/issuer-unavailable-error.js';
export {
  ActorForbiddenError,
  InsufficientScopeError,
  OrgForbiddenError,
  type OrgForbiddenOptions,
} from './errors/permission-errors.js';
export type {
  ActorForbiddenReason,
  InvalidRequestReason,
  InvalidTokenReason,
  IssuerUnavailableReason,
  OrgForbiddenReason,
} from './errors/reasons.js';
export { type Challenge, type ChallengeOptions, type Problem, toChallenge } from './errors/to-challenge.js';
export { InvalidRequestError, InvalidTokenError, MissingTokenError } from './errors/token-errors.js';
export type { VerifierEvents } from './events/verifier-events.js';
export { currentAuth, findCurrentAuth } from './frame/current-auth.js';
export type { BreakerState } from './introspection/circuit-breaker.js';
export type { ClientAuthMethod } from './introspection/client-authentication.js';
export type { IntrospectionStore } from './introspection/introspection-store.js';
export type { IntrospectionHealth } from './introspection/introspector.js';
export type { PrivateKey } from './introspection/signing-key.js';
export type { AcceptedIssuer } from './issuer/accepted-issuer.js';
export type { IssuerHealth } from './issuer/trusted-issuer.js';
export type { AlgorithmName } from './keys/algorithms.js';
export type { KeyHealth } from './keys/key-store.js';
export type { KeySource } from './keys/load-jwks.js';
export type { ErrorHandlerOptions } from './options/error-handler-options.js';
export { type IssuerEnvironment, issuerFromEnv } from './options/issuer-from-env.js';
export type {
  IntrospectionOptions,
  IssuerOptions,
  KeyOptions,
  VerifierOptions,
  VerifierSharedOptions,
} from './options/verifier-options.js';
export { type WorkosConnectOptions, workosConnect } from './options/workos-connect.js';
export { extractToken } from './request/extract-token.js';
export type { FetchHeaders, RequestHead } from './request/request-head.js';
export type { Revocation, RevocationFeed } from './revocation/revocation.js';
export { type Runtime, systemRuntime } from './runtime/runtime.js';
export type { BearerToken } from './token/bearer-token.js';
export type { JsonObject } from './token/unverified-jwt.js';
export { createVerifier } from './verifier.js';
export type { Verifier, VerifierHealth, VerifyOptions } from './verifier-interface.js';
export type { VerifierSource } from './verifier-of.js';
