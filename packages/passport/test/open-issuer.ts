import {
  createVerifier,
  type IssuerOptions,
  type Runtime,
  type Verifier,
  type VerifierSharedOptions,
} from '@connect-auth/core';
import { createFixedClock, createTestIssuer, type TestIssuerOptions } from '@connect-auth/testing';
import { afterEach } from '@jest/globals';

const closing: (() => Promise<void>)[] = [];

/** Closes something after the test. */
export const closeLater = (close: () => Promise<void>) => closing.push(close);

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Overrides = Partial<IssuerOptions> & VerifierSharedOptions;

/**
 * An issuer on a port of its own, closed after the test. Its clock stands still at the time of the process: passport-jwt
 * has no other.
 */
export async function openIssuer(options: TestIssuerOptions = {}) {
  const clock = createFixedClock(Date.now());
  // ES256 unless told: its keys are made in no time.
  const issuer = await createTestIssuer({ port: 0, algorithm: 'ES256', clock, ...options });
  closeLater(issuer.close);
  const runtime: Partial<Runtime> = { now: clock.now, after: clock.after, random: () => 0 };

  /** A verifier that trusts this issuer, some of its options replaced. */
  function trust(overrides: Overrides = {}): Verifier {
    const verifier = createVerifier({ ...issuer.verifierOptions(), runtime, ...overrides });
    closeLater(() => verifier.close());
    return verifier;
  }
  /** The same without introspection. */
  function trustKeysOnly(overrides: Overrides = {}): Verifier {
    const { introspection: _, ...keysOnly } = issuer.verifierOptions();
    const verifier = createVerifier({ ...keysOnly, runtime, ...overrides });
    closeLater(() => verifier.close());
    return verifier;
  }
  return { issuer, clock, runtime, trust, trustKeysOnly };
}

/** The header of a request that brings a token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
