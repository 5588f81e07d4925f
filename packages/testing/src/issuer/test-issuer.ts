import type { Runtime, VerifierOptions } from '@connect-auth/core';
import type { DefaultTestClient } from '../clients/test-client.js';
import type { Clock } from '../clock/clock.js';
import type { IntrospectionRequest } from '../endpoints/introspection-endpoint.js';
import type { IssuerEndpoint } from '../endpoints/issuer-endpoint.js';
import type { FlawedTokens } from '../flaws/flawed-tokens.js';
import type { TestKeys } from '../keys/key-ring.js';
import type { ConnectTokens } from '../tokens/connect-token.js';
import type { TokenMint } from '../tokens/token-mint.js';
import type { FailureMode } from '../traffic/failure-mode.js';
import type { RequestCounters } from '../traffic/request-counters.js';
import type { TestVerifierOptions } from './verifier-options.js';

/** An authorization server for tests, in memory or on a port. No function depends on `this`: all can be taken out. */
export interface TestIssuer extends TokenMint {
  /** The issuer identifier, without a trailing slash (RFC 8414 §2). */
  readonly issuer: string;
  /** `aud` of the tokens. */
  readonly audience: string;
  readonly environmentClientId: string;
  /** The client that is always registered, its secret included. */
  readonly client: DefaultTestClient;
  readonly clock: Clock;
  /** The clock, and the `fetch` that reaches this issuer. */
  readonly runtime: Pick<Runtime, 'now' | 'fetch'>;
  /**
   * Returns options for core's `createVerifier`. Overrides of any kind replace whole members, and keep their types: where
   * core takes one of several literals, `mode: 'always'` does not become a `string`.
   */
  readonly verifierOptions: {
    (): TestVerifierOptions;
    <Overrides extends object & Partial<VerifierOptions>>(
      overrides: Overrides,
    ): Omit<TestVerifierOptions, keyof Overrides> & Overrides;
  };

  /** Tokens in the exact shape of WorkOS Connect's. */
  readonly connectToken: ConnectTokens;
  /** Builders of tokens with one thing wrong, by the name of the flaw. */
  readonly flaws: FlawedTokens;
  /** Makes introspection call the token inactive from now on. */
  readonly revoke: (token: string) => void;
  readonly keys: TestKeys;

  /** Serves any value as the JWKS; `undefined` serves the published keys again. */
  readonly serveJwks: (value: unknown) => void;
  /** Serves any value as both metadata documents; `undefined` serves the real ones again. */
  readonly serveMetadata: (value: unknown) => void;
  /** Makes an endpoint fail until `recover()`. `all` means the four endpoints, not other paths. */
  readonly fail: (endpoint: IssuerEndpoint | 'all', mode: FailureMode) => void;
  /** Ends the failure of an endpoint, or of all. */
  readonly recover: (endpoint?: IssuerEndpoint | 'all') => void;
  /** Keeps requests to an endpoint waiting until the function returned is called. */
  readonly hold: (endpoint: IssuerEndpoint | 'all') => () => void;

  /** Numbers of requests received. In memory those that `fail(…, 'refused')` refused count too. */
  readonly requests: RequestCounters;
  /** Sets the counters to 0, and the peaks to the number under way. */
  readonly resetRequests: () => void;
  /** The last introspection request whose client was authenticated. */
  readonly lastIntrospection: IntrospectionRequest | undefined;
  /** Returns the number of requests under way, until the last byte of the answer or until the client leaves. */
  readonly inFlight: (target: IssuerEndpoint | 'other') => number;
  /** Returns the highest number of requests that were under way at once. */
  readonly peakInFlight: (target: IssuerEndpoint | 'other') => number;
  /** Resolves when at least `count` requests (default 1) are under way. */
  readonly whenInFlight: (target: IssuerEndpoint | 'other', count?: number) => Promise<void>;
  /** Resolves when none is under way. */
  readonly whenIdle: (target: IssuerEndpoint | 'other') => Promise<void>;

  /** Refuses connections and breaks those that are open. */
  readonly stop: () => Promise<void>;
  /** Accepts connections again, on the same port. */
  readonly start: () => Promise<void>;
  /** Stops for good, and leaves no handle open. May be called more than once. */
  readonly close: () => Promise<void>;
}
