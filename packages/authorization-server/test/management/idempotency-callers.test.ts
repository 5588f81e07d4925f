import { hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { setAuditActor } from '../../src/index.js';
import { unseal } from '../../src/keys/sealed.js';
import { idempotentAnswers } from '../../src/storage/schema/secrets.js';
import { manage } from '../kit/client.js';
import { apiKey, openServer, type TestServer } from '../kit/open-server.js';
import { seen } from './shapes.js';

class NamingGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest();
    const { 'x-user': id, 'x-type': type = 'custom' } = request.headers;
    if (id !== undefined) setAuditActor(request, { type, id });
    return true;
  }
}

/** Without an Authorization header. */
const post = async ({ issuer }: TestServer, path: string, headers: Record<string, string>) => {
  const response = await fetch(issuer + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k', ...headers },
    body: JSON.stringify({ name: 'Acme' }),
  });
  return { status: response.status, body: (await response.json()) as { id: string } };
};
const idsOf = async (server: TestServer) =>
  (await manage(server, 'GET', '/organizations')).body.data.map(({ id }: { id: string }) => id);

describe('where a guard of the application’s decides, and nobody sends an Authorization header,', () => {
  test('two whom it names hear their own answers under one key', async () => {
    const server = await openServer({ management: { guard: NamingGuard } });
    const asked = [{ 'x-user': 'ada' }, { 'x-user': 'grace' }, { 'x-user': 'ada', 'x-type': 'command' }];
    const first = [];
    for (const headers of asked) first.push(await post(server, '/organizations', headers as never));
    const ids = first.map(({ body }) => body.id);
    expect([first.map(({ status }) => status), new Set(ids).size]).toEqual([[201, 201, 201], 3]);
    for (const [at, headers] of asked.entries()) {
      expect(await post(server, '/organizations', headers as never)).toEqual(first[at]);
    }
    expect((await idsOf(server)).sort()).toEqual(ids.sort());
    await server.close();
  });

  test('whom it does not name is refused under any key, and nothing is done', async () => {
    const server = await openServer({ management: { guard: NamingGuard } });
    for (const key of ['k', 'another']) {
      expect(await post(server, '/organizations', { 'idempotency-key': key })).toEqual({
        status: 422,
        body: {
          code: 'idempotency_key_not_supported',
          message: 'An Idempotency-Key needs a caller who can be told from others.',
        },
      });
    }
    expect(await idsOf(server)).toEqual([]);
    const other = await manage(server, 'POST', '/organizations', { name: 'Acme' });
    expect([other.status, await idsOf(server)]).toEqual([201, [other.body.id]]);
    await server.close();
  });

  test('whom it does not name is told apart by the Authorization header', async () => {
    const server = await openServer({ management: { guard: NamingGuard } });
    const [one, other] = [{ authorization: 'Bearer one' }, { authorization: 'Bearer other' }];
    const first = await post(server, '/organizations', one);
    expect(await post(server, '/organizations', one)).toEqual(first);
    expect((await post(server, '/organizations', other)).body.id).not.toBe(first.body.id);
    await server.close();
  });
});

test('what the caller sent alone does not open the answer that is kept, and does not find it', async () => {
  const server = await openServer();
  const answer = await manage(server, 'POST', '/organizations', { name: 'Acme' }, { 'idempotency-key': 'k' });
  const { settings, parts } = server.server;
  const [row, ...more] = await parts.context.storage.db.select().from(idempotentAnswers);
  expect(more).toEqual([]);
  if (!row?.sealedBody) throw new Error('nothing is kept');
  const { sealedBody, keyHash, environmentId } = row;

  const sent = `${JSON.stringify([`Bearer ${apiKey}`, 'api_key', 'fixed'])}\0k`;
  const derive = (salt: Buffer | string, purpose: string) =>
    Buffer.from(hkdfSync('sha256', sent, salt, `connect-auth/idempotency/${purpose}`, 32));
  // With the server's own secret it is found and opened: so nothing else keeps the caller from it.
  expect(derive(settings.answerKey, 'find').equals(keyHash)).toBe(true);
  const opened = unseal(derive(settings.answerKey, 'seal'), sealedBody, environmentId);
  expect(seen({ ...answer, body: JSON.parse(opened) })).toEqual(seen(answer));

  for (const salt of ['', Buffer.alloc(32), environmentId]) {
    expect(derive(salt, 'find').equals(keyHash)).toBe(false);
    expect(() => unseal(derive(salt, 'seal'), sealedBody, environmentId)).toThrow();
  }
  await server.close();
});
