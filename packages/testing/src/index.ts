export {
  type DefaultTestClient,
  defaultClient,
  defaultOrgId,
  defaultUserId,
  type TestClient,
} from './clients/test-client.js';
export type { Clock } from './clock/clock.js';
export { createFixedClock, type FixedClock } from './clock/fixed-clock.js';
export type { IntrospectionRequest } from './endpoints/introspection-endpoint.js';
export type { IssuerEndpoint } from './endpoints/issuer-endpoint.js';
export { type FlawedTokens, flawNames, type TokenFlaw } from './flaws/flawed-tokens.js';
export { createTestIssuer } from './issuer/create-test-issuer.js';
export type { TestIssuer } from './issuer/test-issuer.js';
export type { TestIssuerOptions } from './issuer/test-issuer-options.js';
export type { TestVerifierOptions } from './issuer/verifier-options.js';
export type { TestKeys } from './keys/key-ring.js';
export type { SigningAlgorithm } from './keys/signing-algorithm.js';
export type { PublicJwk, PublicJwks } from './keys/signing-key.js';
export type { ConnectTokenOptions, ConnectTokens, ConnectUserTokenOptions } from './tokens/connect-token.js';
export type { TokenMint } from './tokens/token-mint.js';
export type { GrantOptions, OpaqueTokenOptions, TokenOptions } from './tokens/token-options.js';
export type { FailureMode } from './traffic/failure-mode.js';
export type { RequestCounters } from './traffic/request-counters.js';
