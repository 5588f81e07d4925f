import { type AuditSink, createAuditTrail, functionSink } from '@connect-auth/audit';
import { expect, jest, test } from '@jest/globals';
import { AuthorizationServer } from '../../src/index.js';
import { createM2m, get, manage, post } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { query } from '../kit/query.js';
import { seen } from './shapes.js';

const create = (server: TestServer, headers = {}) =>
  manage(server, 'POST', '/organizations', { name: 'Acme' }, headers);

/** Gives up at once, so that nothing waits. */
const impatient = (...operator: AuditSink[]) => ({ operator, retries: 0 });

test.each([
  [
    'throws',
    () => {
      throw new Error('the sink is full');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the sink is full'))],
])('a sink that %s disturbs nothing, and is logged', async (_how, take) => {
  const server = await openServer({ audit: impatient(functionSink(take)) });
  const { log } = server;
  log.length = 0;
  const created = await create(server);
  expect(created.status).toBe(201);
  expect(seen(await manage(server, 'GET', `/organizations/${created.body.id}`))).toEqual({
    status: 200,
    body: created.body,
  });
  expect(log).toEqual([expect.stringMatching(/did not take 1 event, because of Error: the sink is full/)]);
  await server.close();
});

test('an event comes when its change is there to stay: another connection sees it', async () => {
  const found: unknown[] = [];
  const trail = createAuditTrail({
    operator: [
      functionSink(async ({ action, targets }) => {
        if (action !== 'organization.created') return;
        const sql = 'select name from connect_auth.organizations where id = $1';
        found.push(await query(server, sql, [targets[0]?.id]));
      }),
    ],
  });
  const server: TestServer = await openServer({ audit: trail });
  await create(server);
  await create(server, { 'idempotency-key': 'one' });
  await trail.flush();
  expect(found).toEqual([[{ name: 'Acme' }], [{ name: 'Acme' }]]);
  await server.close();
});

test('no answer waits for a slow sink, and close() does', async () => {
  const order: string[] = [];
  let take: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    take = resolve;
  });
  const sink = functionSink(async ({ action }) => {
    await slow;
    if (action === 'organization.created') order.push('taken');
  });
  const server = await openServer({ audit: { operator: [{ ...sink, close: async () => void order.push('closed') }] } });
  expect((await create(server)).status).toBe(201);
  expect(order).toEqual([]);

  const { storage } = server.server.parts.context;
  const closeStorage = storage.close.bind(storage);
  jest.spyOn(storage, 'close').mockImplementation(() => {
    order.push('storage closed');
    return closeStorage();
  });
  const closing = server.close();
  // Long after whoever does not wait has gone on.
  for (let turn = 0; turn < 100; turn += 1) await new Promise((next) => setImmediate(next));
  expect(order).toEqual([]);
  take();
  await closing;
  expect(order).toEqual(['taken', 'closed', 'storage closed']);
});

test('a trail that was handed in gets the events, and stays open for its maker', async () => {
  const actions: string[] = [];
  let isClosed = false;
  const sink = functionSink(({ action }) => actions.push(action));
  const trail = createAuditTrail({
    operator: [
      {
        ...sink,
        close: async () => {
          isClosed = true;
        },
      },
    ],
  });
  const server = await openServer({ audit: trail });
  await create(server);
  await server.close();
  expect(isClosed).toBe(false);
  trail.record({ actor: { type: 'system', id: 'host' }, action: 'host.ended', decision: 'allow' });
  await trail.close();
  expect(actions.slice(-2)).toEqual(['organization.created', 'host.ended']);
  expect(isClosed).toBe(true);
});

test('a server that cannot be opened closes the trail it made', async () => {
  const close = jest.fn(async () => undefined);
  const audit = { operator: [{ ...functionSink(() => undefined), close }] };
  const storage = { kind: 'postgres', connectionString: 'postgres://127.0.0.1:1/none' } as const;
  const keys = { encryptionKey: 'ab'.repeat(32) };
  const opening = AuthorizationServer.open({ issuer: 'https://auth.test', storage, keys, audit });
  await expect(opening).rejects.toThrow();
  expect(close).toHaveBeenCalledTimes(1);
});

test('what happens is told to customers, too: each event with its organization', async () => {
  const told: [string, string | undefined][] = [];
  const sink = functionSink(({ action, org }) => told.push([action, org?.id]));
  const server = await openServer({ audit: { sinks: [sink] } });
  const { body } = await create(server);
  await manage(server, 'POST', '/signing_keys/rotate');
  await server.close();
  expect(told).toEqual([['organization.created', body.id]]);
});

test('with overflow: refuse, nothing is done that there is no room to record; reading is', async () => {
  let take: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    take = resolve;
  });
  let isOpen = true;
  const sink = functionSink(() => (isOpen ? undefined : slow));
  const trail = createAuditTrail({ operator: [sink], queue: { capacity: 1, overflow: 'refuse' } });
  const server = await openServer({ audit: trail });
  const m2m = await createM2m(server);
  await trail.flush();
  isOpen = false;
  expect((await create(server)).status).toBe(201);

  const { written } = trail.stats();
  const refused = await create(server);
  expect([refused.status, refused.headers.get('retry-after'), refused.body]).toEqual([
    503,
    '5',
    { message: 'The server cannot reach what it needs.', code: 'temporarily_unavailable' },
  ]);
  const token = { grant_type: 'client_credentials', ...m2m.credentials };
  const unissued = await post(server, '/oauth2/token', token);
  expect([unissued.status, unissued.headers.get('retry-after'), unissued.body]).toEqual([
    503,
    '5',
    { error: 'temporarily_unavailable', error_description: 'the server cannot reach what it needs' },
  ]);
  expect((await get(server, '/oauth2/jwks')).status).toBe(200);
  expect((await manage(server, 'GET', '/organizations')).body.data).toHaveLength(2);

  take();
  await trail.flush();
  expect(trail.stats()).toMatchObject({ written: written + 1, dropped: 0, queued: 0 });
  for (let again = 0; again < 3; again += 1) {
    expect((await post(server, '/oauth2/token', token)).status).toBe(200);
    expect((await create(server)).status).toBe(201);
    await trail.flush();
  }
  await server.close();
  await trail.close();
});
