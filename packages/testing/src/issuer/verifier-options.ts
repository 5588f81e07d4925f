import type { Runtime } from '@connect-auth/core';
import type { DefaultTestClient } from '../clients/test-client.js';
import type { SigningAlgorithm } from '../keys/signing-algorithm.js';

/** Options for core's `createVerifier` that make it trust a test issuer. */
export interface TestVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly introspection: { readonly clientId: string; readonly clientSecret: string; readonly mode: 'fallback' };
  /** Absent when the system's clock and the global `fetch` will do. */
  readonly runtime?: Partial<Pick<Runtime, 'now' | 'fetch'>>;
}

/**
 * Any options at all. The members named here only keep literal types from being widened:
 * `mode: 'always'` stays `'always'`, and does not become `string`.
 */
export type VerifierOverrides = object & {
  readonly introspection?: { readonly mode?: 'never' | 'fallback' | 'always' } | null;
  readonly algorithms?: readonly SigningAlgorithm[];
};

/** The options of a test issuer with some replaced, each as a whole. */
export type OverriddenVerifierOptions<Overrides extends object> = Omit<TestVerifierOptions, keyof Overrides> &
  Overrides;

/** Two signatures, so that a call with nothing to override infers nothing from where its result goes. */
export interface VerifierOptionsFunction {
  (): TestVerifierOptions;
  <Overrides extends VerifierOverrides>(overrides: Overrides): OverriddenVerifierOptions<Overrides>;
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
