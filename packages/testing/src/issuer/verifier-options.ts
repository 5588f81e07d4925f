import type { Runtime } from '@connect-auth/core';
import type { DefaultTestClient } from '../clients/test-client.js';

/** Options for core's `createVerifier` that make it trust a test issuer. */
export interface TestVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly introspection: { readonly clientId: string; readonly clientSecret: string; readonly mode: 'fallback' };
  /** Absent when the system's clock and the global `fetch` will do. */
  readonly runtime?: Partial<Pick<Runtime, 'now' | 'fetch'>>;
}

export function createVerifierOptions(parts: {
  issuer: string;
  audience: string;
  client: DefaultTestClient;
  runtime: Partial<Pick<Runtime, 'now' | 'fetch'>> | undefined;
}): TestVerifierOptions {
  const { clientId, clientSecret } = parts.client;
  return {
    issuer: parts.issuer,
    audience: parts.audience,
    introspection: { clientId, clientSecret, mode: 'fallback' },
    ...(parts.runtime === undefined ? {} : { runtime: parts.runtime }),
  };
}
