import type { TestClient } from '../clients/test-client.js';
import type { Clock } from '../clock/clock.js';
import type { SigningAlgorithm } from '../keys/signing-algorithm.js';

export interface TestIssuerOptions {
  /**
   * Absent: in memory, nothing listens, and `issuer.runtime.fetch` answers. A number: that port of 127.0.0.1; 0 picks
   * a free one.
   */
  readonly port?: number;
  /** The issuer identifier, in memory only (RFC 8414 §2). A trailing slash is cut off. Default: `https://issuer.test`. */
  readonly issuer?: string;
  /** `aud` of the tokens. Default: `environmentClientId`. */
  readonly audience?: string;
  /** The environment's client id, which Connect puts in `aud`. Default: `client_01TESTENVIRONMENT000000000`. */
  readonly environmentClientId?: string;
  /** The algorithm of the first key, and of keys made later unless told. Default: `RS256`. */
  readonly algorithm?: SigningAlgorithm;
  /** Where the issuer reads the time. Default: the system's clock. */
  readonly clock?: Clock;
  /** How long tokens live, in seconds. Default: 300. */
  readonly lifetimeSeconds?: number;
  /** Clients beside the default one. Default: none. */
  readonly clients?: readonly TestClient[];
  /** Whether introspection answers with `scope` (RFC 7662 §2.2); Connect's does not. Default: `false`. */
  readonly introspectionScope?: boolean;
}
