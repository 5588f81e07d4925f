import { expect, jest, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { query } from '../kit/query.js';
import { seen } from './shapes.js';

const create = (server: TestServer, headers = {}) =>
  manage(server, 'POST', '/organizations', { name: 'Acme' }, headers);

test.each([
  [
    'throws',
    () => {
      throw new Error('the sink is full');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the sink is full'))],
])('a sink that %s disturbs nothing, and is logged', async (_how, audit) => {
  const server = await openServer({ audit });
  const { log } = server;
  log.length = 0;
  const created = await create(server);
  expect(created.status).toBe(201);
  expect(seen(await manage(server, 'GET', `/organizations/${created.body.id}`))).toEqual({
    status: 200,
    body: created.body,
  });
  expect(log).toEqual([expect.stringContaining('Error: the sink is full')]);
  await server.close();
});

test('an event comes when its change is there to stay: another connection sees it', async () => {
  const found: unknown[] = [];
  const server: TestServer = await openServer({
    audit: async ({ action, target }) => {
      if (action !== 'organization.created') return;
      const sql = 'select name from connect_auth.organizations where id = $1';
      found.push(await query(server, sql, [target?.id]));
    },
  });
  await create(server);
  await create(server, { 'idempotency-key': 'one' });
  await server.server.parts.context.audit.flush();
  expect(found).toEqual([[{ name: 'Acme' }], [{ name: 'Acme' }]]);
  await server.close();
});

test('no answer waits for a slow sink, and close() does', async () => {
  const order: string[] = [];
  let take: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    take = resolve;
  });
  const server = await openServer({
    audit: async ({ action }) => {
      await slow;
      if (action === 'organization.created') order.push('taken');
    },
  });
  expect((await create(server)).status).toBe(201);
  expect(order).toEqual([]);

  const { audit, storage } = server.server.parts.context;
  const flush = audit.flush.bind(audit);
  const closeStorage = storage.close.bind(storage);
  jest.spyOn(audit, 'flush').mockImplementation(() => {
    // Long after whoever does not wait has gone on.
    setImmediate(take);
    return flush();
  });
  jest.spyOn(storage, 'close').mockImplementation(() => {
    order.push('storage closed');
    return closeStorage();
  });
  await server.close();
  expect(order).toEqual(['taken', 'storage closed']);
});
