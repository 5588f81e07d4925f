import type { TestClient } from '../clients/test-client.js';
import type { Clock } from '../clock/clock.js';
import type { SigningAlgorithm } from '../keys/signing-algorithm.js';

export interface TestIssuerOptions {
  /**
   * A port of 127.0.0.1; 0 picks a free one. Absent: in memory, nothing listens, and only `issuer.runtime.fetch` reaches
   * the issuer.
   */
  readonly port?: number;
  /** The issuer identifier, in memory only (RFC 8414 §2). A trailing slash is removed. Default: `https://issuer.test`. */
  readonly issuer?: string;
  /** `aud` of the tokens. Default: `environmentClientId`. */
  readonly audience?: string;
  /** The environment's client id, which Connect puts in `aud`. Default: `client_01TESTENVIRONMENT000000000`. */
  readonly environmentClientId?: string;
  /** The algorithm of the first key, and of keys made later unless told. Default: `RS256`. */
  readonly algorithm?: SigningAlgorithm;
  /** The source of the time. Default: the system's clock. */
  readonly clock?: Clock;
  /** Lifetime of tokens in seconds. Default: 300. */
  readonly lifetimeSeconds?: number;
  /** Clients besides the default one. Default: none. */
  readonly clients?: readonly TestClient[];
  /** Whether introspection responses have a `scope` (RFC 7662 §2.2); Connect's have none. Default: `false`. */
  readonly introspectionScope?: boolean;
}
