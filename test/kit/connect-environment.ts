import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';

const names = [
  'CONNECT_ISSUER',
  'CONNECT_AUDIENCE',
  'CONNECT_JWKS_URI',
  'CONNECT_CLIENT_ID',
  'CONNECT_CLIENT_SECRET',
  'CONNECT_INTROSPECTION_ENDPOINT',
  'CONNECT_INTROSPECTION_MODE',
] as const;

export type ConnectEnvironment = Partial<Record<(typeof names)[number], string>>;

/** Of the variables, those that are given. The others are not set. */
export function setEnvironment(environment: ConnectEnvironment): void {
  for (const name of names) delete process.env[name];
  Object.assign(process.env, environment);
}

/** Every test of the file begins without any of the variables, and leaves them as they were. */
export function ownEnvironment(): void {
  const before = names.map((name) => [name, process.env[name]] as const);
  beforeEach(() => setEnvironment({}));
  afterEach(() => setEnvironment(Object.fromEntries(before.filter(([, value]) => value !== undefined))));
}

/**
 * An issuer for the tests of a file, and the variables that lead to it. With no options there is no runtime to hand in: it
 * listens, and its clock is the process's.
 */
export function listeningIssuer(): { readonly issuer: TestIssuer; readonly environment: ConnectEnvironment } {
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await createTestIssuer({ port: 0, algorithm: 'ES256' });
  });
  afterAll(() => issuer.close());
  return {
    get issuer() {
      return issuer;
    },
    get environment() {
      return {
        CONNECT_ISSUER: issuer.issuer,
        CONNECT_AUDIENCE: issuer.audience,
        CONNECT_CLIENT_ID: issuer.client.clientId,
        CONNECT_CLIENT_SECRET: issuer.client.clientSecret,
      };
    },
  };
}

/** What is missing, and what is said of it. */
export const incompleteEnvironments: readonly [missing: string, environment: ConnectEnvironment, message: string][] = [
  ['everything', {}, 'CONNECT_ISSUER, CONNECT_AUDIENCE are missing in the environment'],
  ['the issuer', { CONNECT_AUDIENCE: 'a' }, 'CONNECT_ISSUER is missing in the environment'],
  ['the audience', { CONNECT_ISSUER: 'https://a.test' }, 'CONNECT_AUDIENCE is missing in the environment'],
  [
    'all but the client id',
    { CONNECT_CLIENT_ID: 'a' },
    'CONNECT_ISSUER, CONNECT_AUDIENCE, CONNECT_CLIENT_SECRET are missing in the environment',
  ],
  [
    'the client id',
    { CONNECT_ISSUER: 'https://a.test', CONNECT_AUDIENCE: 'a', CONNECT_CLIENT_SECRET: 'b' },
    'CONNECT_CLIENT_ID is missing in the environment',
  ],
  [
    'the client’s secret',
    { CONNECT_ISSUER: 'https://a.test', CONNECT_AUDIENCE: 'a', CONNECT_CLIENT_ID: 'b' },
    'CONNECT_CLIENT_SECRET is missing in the environment',
  ],
  [
    'a text in the audience',
    { CONNECT_ISSUER: 'https://a.test', CONNECT_AUDIENCE: '' },
    'CONNECT_AUDIENCE is missing in the environment',
  ],
];
