export {
  type DefaultTestClient,
  defaultClient,
  defaultOrgId,
  defaultUserId,
  type TestClient,
} from './clients/test-client.js';
export type { Clock } from './clock/clock.js';
export { createFixedClock, type FixedClock } from './clock/fixed-clock.js';
export type { ClientAuthMethod } from './endpoints/authenticate-client.js';
export { type Endpoint, endpoints, type RequestTarget } from './endpoints/endpoint.js';
export type { IntrospectionRequest } from './endpoints/introspection-endpoint.js';
export { type Flaw, type FlawedTokens, flawNames } from './flaws/flawed-tokens.js';
export { expectIsolated, IsolationError } from './isolation/expect-isolated.js';
export type {
  IsolationFixtures,
  IsolationOrg,
  PathFixture,
  RefusalStatuses,
  SeedOrg,
  TokenSource,
  ValueOf,
} from './isolation/fixtures/isolation-fixtures.js';
export { probeIsolation } from './isolation/probe-isolation.js';
export type { FindingKind, IsolationFinding, Severity } from './isolation/report/finding.js';
export type { IsolationReport, UnprobedRoute } from './isolation/report/isolation-report.js';
export { LeakStormError, type LeakStormReport, leakStorm, type StormLeak } from './isolation/storm/leak-storm.js';
export type { LeakStormOptions, StormOrg, StormRequest } from './isolation/storm/leak-storm-options.js';
export { expectWalls, WallError, type WallFinding, type WallReport } from './isolation/walls/expect-walls.js';
export { createTestIssuer } from './issuer/create-test-issuer.js';
export type { TestIssuer } from './issuer/test-issuer.js';
export type { TestIssuerOptions } from './issuer/test-issuer-options.js';
export type {
  OverriddenVerifierOptions,
  TestVerifierOptions,
  VerifierOptionsFunction,
  VerifierOverrides,
} from './issuer/verifier-options.js';
export type { TestKeys } from './keys/key-ring.js';
export { type SigningAlgorithm, signingAlgorithms } from './keys/signing-algorithm.js';
export type { PublicJwk, PublicJwks } from './keys/signing-key.js';
export type { ConnectTokenOptions, ConnectTokens, ConnectUserTokenOptions } from './tokens/connect-token.js';
export type { TokenMint } from './tokens/token-mint.js';
export type { GrantOptions, OpaqueTokenOptions, TokenOptions } from './tokens/token-options.js';

export { type FailureMode, failureModes } from './traffic/failure-mode.js';
export type { RequestCounters } from './traffic/request-counters.js';
