// The path of a request, in its order.

export type { AccessRule } from './access/access-rule.js';
export type { AllowedOrgs } from './access/allowed-orgs.js';
export { refusedCaller } from './access/refused-caller.js';
export { requireClient, requireUser } from './access/require-actor.js';
export { anyScopeRule, hasAnyScope, requireAnyScope } from './access/require-any-scope.js';
export { isOrgId, type OrgAuth, requireOrg } from './access/require-org.js';
export { requireSameCaller } from './access/require-same-caller.js';
export { allScopesRule, hasScopes, requireScopes } from './access/require-scopes.js';
export type { Actor, Auth } from './auth/auth.js';
export { checkAuth } from './auth/check-auth.js';
export {
  currentAuth,
  findCurrentAuth,
  findOrgScope,
  framedRequest,
  isInRequest,
  type OrgScope,
  openFrame,
  runInOrgScope,
  runWithAuth,
  runWithoutAuth,
  setCurrentAuth,
} from './auth/current-auth.js';
export type { ClaimProfile } from './claims/claim-rules.js';
export { isTrustedUrl } from './discovery/trusted-url.js';
export { AuthError, type BearerErrorCode, isAuthError } from './errors/auth-error.js';
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
export { type Challenge, type ChallengeSettings, type Problem, toChallenge } from './errors/to-challenge.js';
export { InvalidRequestError, InvalidTokenError, MissingTokenError } from './errors/token-errors.js';
export { UnknownReferenceError } from './errors/unknown-reference-error.js';
export { UnreadBodyError } from './errors/unread-body-error.js';
export type { VerifierEvents } from './events/verifier-events.js';
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
// For adapters, whose options are held to the same rules.
export { checkKnown, checkText, checkTexts } from './options/check-option.js';
export { type ConnectOptions, connect } from './options/connect.js';
export { type IssuerEnvironment, issuerFromEnv } from './options/issuer-from-env.js';
export { type RefusalOptions, type RefusalSettings, resolveRefusals } from './options/refusal-options.js';
export type {
  IntrospectionOptions,
  IssuerOptions,
  KeyOptions,
  SharedOptions,
  VerifierOptions,
} from './options/verifier-options.js';
export { extractToken } from './request/extract-token.js';
export { authorizationValues, type FetchHeaders, type RequestHead } from './request/request-head.js';
export type { Revocation, RevocationFeed } from './revocation/revocation.js';
export { type Runtime, systemRuntime } from './runtime/runtime.js';
export type { BearerToken } from './token/bearer-token.js';
export type { JsonObject } from './token/unverified-jwt.js';
export { createVerifier } from './verifier.js';
export type { Verifier, VerifierHealth, VerifyOptions } from './verifier-interface.js';
export { type VerifierSource, verifierOf } from './verifier-of.js';
