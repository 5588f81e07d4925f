import {
  createVerifier,
  type IssuerOptions,
  type Runtime,
  type Verifier,
  type VerifierSharedOptions,
} from '@connect-auth/core';
import {
  createFixedClock,
  createTestIssuer,
  type FixedClock,
  type TestIssuer,
  type TestIssuerOptions,
} from '@connect-auth/testing';
import { afterEach } from '@jest/globals';

/** An issuer, and the clock that it shares with every verifier of the test. */
export interface Scene {
  readonly clock: FixedClock;
  readonly issuer: TestIssuer;
}

type Overrides = Partial<Omit<IssuerOptions, 'issuer'> & Omit<VerifierSharedOptions, 'runtime'>>;

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const opened of open.splice(0)) await opened.close();
});

/** An issuer that is closed after the test. ES256 unless told: signing and checking thousands of tokens takes no time. */
export async function openIssuer(options: TestIssuerOptions = {}): Promise<Scene> {
  const clock = createFixedClock();
  const issuer = await createTestIssuer({ algorithm: 'ES256', clock, ...options });
  open.push(issuer);
  return { clock, issuer };
}

/** The runtime of a scene: its clock, its timers, its network, and random numbers that are always in the middle. */
export const runtimeOf = ({ clock, issuer }: Scene): Runtime => ({
  now: clock.now,
  after: clock.after,
  fetch: (url, init) => issuer.runtime.fetch(url, init),
  random: () => 0.5,
});

/** A verifier that is closed after the test. It finds the keys by discovery and has no introspection, unless told. */
export function openVerifier(scene: Scene, overrides: Overrides = {}, runtime: Partial<Runtime> = {}): Verifier {
  const { issuer, audience } = scene.issuer;
  const verifier = createVerifier({
    issuer,
    audience,
    ...overrides,
    runtime: { ...runtimeOf(scene), ...runtime },
  });
  open.push(verifier);
  return verifier;
}

/** For an issuer on a port: the sockets are the system's; the clock and its timers stay those of the scene. */
export const systemNetwork = {
  fetch: (url: string, init: RequestInit) => fetch(url, init),
} satisfies Partial<Runtime>;

export const jwksUriOf = ({ issuer }: TestIssuer): string => `${issuer}/oauth2/jwks`;

export const credentialsOf = ({ client: { clientId, clientSecret } }: TestIssuer) => ({ clientId, clientSecret });
