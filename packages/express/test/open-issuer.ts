import type { IssuerOptions, VerifierSharedOptions } from '@connect-auth/core';
import { createFixedClock, createTestIssuer, type TestIssuerOptions } from '@connect-auth/testing';
import { afterAll } from '@jest/globals';

const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An issuer in memory with its clock standing still, closed after the tests of the file. */
export async function openIssuer(options: TestIssuerOptions = {}) {
  const clock = createFixedClock();
  // ES256 unless told: its keys are made in no time.
  const issuer = await createTestIssuer({ algorithm: 'ES256', clock, ...options });
  closing.push(issuer.close);
  const runtime = { ...issuer.runtime, after: clock.after, random: () => 0 };

  /** Options that trust this issuer, some of them replaced. */
  const trust = (overrides: Partial<IssuerOptions> & VerifierSharedOptions = {}) => ({
    ...issuer.verifierOptions({ runtime }),
    ...overrides,
  });
  /** The same without introspection. */
  function trustKeysOnly(overrides: Partial<IssuerOptions> & VerifierSharedOptions = {}) {
    const { introspection: _, ...keysOnly } = trust();
    return { ...keysOnly, ...overrides };
  }
  return { issuer, clock, trust, trustKeysOnly };
}

export type OpenIssuer = Awaited<ReturnType<typeof openIssuer>>;

/** The header of a request that brings a token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
