import 'reflect-metadata';
import { type AuditEvent, functionSink } from '@connect-auth/audit';
import { expect, test } from '@jest/globals';
import { createM2m, get, grant } from '../kit/client.js';
import { openServer } from '../kit/open-server.js';
import { isActive } from './introspect.js';
import { open } from './open.js';

test('a server that is closing is not ready, is alive, and answers what still comes', async () => {
  const server = await open();
  const m2m = await createM2m(server);
  expect((await get(server, '/health/ready')).body).toEqual({ status: 'ok' });
  server.server.beginClosing();
  const ready = await get(server, '/health/ready');
  expect([ready.status, ready.body]).toEqual([503, { status: 'unavailable' }]);
  expect((await get(server, '/health/live')).status).toBe(200);
  expect(await isActive(server, m2m, await grant(server, m2m))).toBe(true);
});

test('health checks are kept by no cache', async () => {
  const server = await open();
  for (const path of ['/health/live', '/health/ready']) {
    expect((await get(server, path)).headers.get('cache-control')).toBe('no-store');
  }
});

test('closing hands over the last audit events, writes what was noted, and then closes the storage', async () => {
  const events: AuditEvent[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = await openServer({
    audit: {
      operator: [
        functionSink(async (event) => {
          if (event.action === 'token.issued') await released;
          events.push(event);
        }),
      ],
    },
  });
  const m2m = await createM2m(server);
  await grant(server, m2m);
  const closing = server.app.close();
  release();
  await closing;
  expect(events.at(-1)?.action).toBe('token.issued');
  const rows = await server.database?.query('select last_used_at from connect_auth.client_secrets');
  if (rows !== undefined) expect(rows).toEqual([{ last_used_at: expect.any(Date) }]);
  await expect(server.server.parts.context.storage.ping()).rejects.toThrow();
  await server.database?.drop();
});

test('an audit sink that fails disturbs no request, and is told to the log without the event', async () => {
  const server = await open({
    audit: {
      operator: [
        functionSink(() => {
          throw new Error('the sink is full');
        }),
      ],
      retries: 0,
    },
  });
  const m2m = await createM2m(server);
  expect(await isActive(server, m2m, await grant(server, m2m))).toBe(true);
  expect(server.log.length).toBeGreaterThan(0);
  for (const line of server.log)
    expect(line).toMatch(/^AuditSinkError: .* did not take \d+ events?, because of Error: the sink is full/);
});
