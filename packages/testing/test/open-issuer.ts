import { afterEach } from '@jest/globals';
import { createTestIssuer, type TestIssuer, type TestIssuerOptions } from '../src/index.js';

/** The two ways to run an issuer, for tables of tests. */
export const places: readonly (readonly [name: string, options: TestIssuerOptions])[] = [
  ['in memory', {}],
  ['on a port', { port: 0 }],
];

const open: TestIssuer[] = [];

afterEach(async () => {
  for (const issuer of open.splice(0)) await issuer.close();
});

/** An issuer that is closed after the test. ES256 unless told: its keys are made in no time. */
export async function openIssuer(options: TestIssuerOptions = {}): Promise<TestIssuer> {
  const issuer = await createTestIssuer({ algorithm: 'ES256', ...options });
  open.push(issuer);
  return issuer;
}

export const get = (issuer: TestIssuer, path: string, init: RequestInit = {}) =>
  issuer.runtime.fetch(`${issuer.issuer}${path}`, init);

export const post = (
  issuer: TestIssuer,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) => issuer.runtime.fetch(`${issuer.issuer}${path}`, { method: 'POST', body: new URLSearchParams(form), headers });

export const secretOf = ({ client }: TestIssuer) => ({
  client_id: client.clientId,
  client_secret: client.clientSecret,
});

export async function introspect(issuer: TestIssuer, token: string): Promise<Record<string, unknown>> {
  const response = await post(issuer, '/oauth2/introspection', { token, ...secretOf(issuer) });
  return (await response.json()) as Record<string, unknown>;
}
