import { expect } from '@jest/globals';
import { WorkOS } from '@workos-inc/node';
import { apiKey, type TestServer } from '../kit/open-server.js';

/** WorkOS's SDK, which takes this server for WorkOS. */
export const sdkFor = ({ issuer }: TestServer, key = apiKey, options: object = {}) => {
  const { hostname, port } = new URL(issuer);
  return new WorkOS(key, { apiHostname: hostname, port: Number(port), https: false, maxRetries: 0, ...options });
};

/** What a refused call throws. */
export async function thrownBy(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const nothing = Symbol('nothing was thrown');
  const thrown = await call.then(
    () => nothing,
    (error: unknown) => error,
  );
  expect(thrown).not.toBe(nothing);
  return thrown as Error & Record<string, unknown>;
}
