import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiKey, openServer, type TestServer } from '../kit/open-server.js';
import { createMachine, createOrganization } from './create.js';

// A body may be small and yet too deep for whoever looks at it level by level: that is the caller's mistake, and no 500.

const depth = 50_000;
const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => '{"a":'.repeat(levels) + 1 + '}'.repeat(levels);

let server: TestServer;
let machineId: string;
let organizationId: string;
beforeAll(async () => {
  server = await openServer();
  machineId = (await createMachine(server)).id;
  organizationId = await createOrganization(server);
});
afterAll(() => server.close());

const send = (method: string, path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(server.issuer + path, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
    body,
  });

const bodies: [string, string][] = [
  ['lists', lists(depth)],
  ['lists for a name', `{"name":${lists(depth)}}`],
  ['lists for a name and a type', `{"application_type":"m2m","name":${lists(depth)}}`],
  ['lists for scopes', `{"name":"M","scopes":${lists(depth)}}`],
  [
    'lists for redirect URIs',
    `{"name":"M","application_type":"oauth","is_first_party":true,"redirect_uris":${lists(depth - 50)}}`,
  ],
  ['objects', objects(15_000)],
  ['objects for metadata', `{"name":"Acme","email":"a@acme.test","metadata":${objects(15_000)}}`],
  ['lists in metadata', `{"name":"Acme","email":"b@acme.test","metadata":{"a":${lists(depth - 50)}}}`],
];

const routes: [string, string][] = [
  ['POST', '/connect/applications'],
  ['PUT', '/connect/applications/MACHINE'],
  ['POST', '/organizations'],
  ['PUT', '/organizations/ORGANIZATION'],
  ['POST', '/user_management/users'],
  ['POST', '/user_management/organization_memberships'],
];

describe.each(bodies)('%s within each other, in thousands,', (_what, body) => {
  const expectRefused = async (method: string, route: string, headers: Record<string, string>) => {
    expect(body.length).toBeLessThan(100 * 1_024);
    const path = route.replace('MACHINE', machineId).replace('ORGANIZATION', organizationId);
    const before = server.log.length;
    const { status } = await send(method, path, body, headers);
    const logged = server.log.slice(before).map((entry) => entry.split('\n', 1)[0]);
    expect({ status, logged }).toEqual({ status: expect.any(Number), logged: [] });
    expect(status).toBeLessThan(500);
  };

  test.each(routes)('are no mistake of the server’s: %s %s', async (method, route) => {
    await expectRefused(method, route, {});
  });

  test.each(routes)('nor under an Idempotency-Key: %s %s', async (method, route) => {
    await expectRefused(method, route, { 'idempotency-key': 'k' });
  });
});
