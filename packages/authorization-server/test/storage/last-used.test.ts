import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { LastUsed } from '../../src/credentials/last-used.js';
import { clientSecrets } from '../../src/storage/schema/applications.js';
import { createM2m, get, grant, type M2m, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { shareDatabase } from './shared-database.js';

(await describeOnPostgres(describe, 'last-used.test.ts'))('when a client secret was used last', () => {
  const shared = shareDatabase();
  const clock = { time: 0, now: () => clock.time };
  const at = (minutes: number) => new Date(Date.parse('2040-06-01T12:00:00Z') + minutes * 60_000);
  let server: TestServer;
  let m2m: M2m;
  let lastUsed: LastUsed;

  beforeAll(async () => {
    clock.time = at(0).getTime();
    server = await shared.open({ clock });
  });

  beforeEach(async () => {
    m2m = await createM2m(server);
    lastUsed = new LastUsed(server.server.parts.context, clientSecrets);
  });

  const note = (minutes: number, id = m2m.secretId, notes = lastUsed) => {
    clock.time = at(minutes).getTime();
    notes.note(id);
  };

  const written = async (id = m2m.secretId) =>
    (await shared.query('select last_used_at from connect_auth.client_secrets where id = $1', [id]))[0]?.last_used_at;

  test('is not known before the first use, and is told by the management API afterwards', async () => {
    const read = async () =>
      (await manage(server, 'GET', `/connect/applications/${m2m.applicationId}/client_secrets`)).body[0].last_used_at;
    await server.server.parts.clients.lastUsed.flush();
    expect(await read()).toBeNull();
    clock.time = at(3).getTime();
    await grant(server, m2m);
    await server.server.parts.clients.lastUsed.flush();
    expect(await read()).toBe(at(3).toISOString());
  });

  test('is written once, however often it was used', async () => {
    const update = jest.spyOn(server.server.parts.context.storage.db, 'update');
    for (let minutes = 1; minutes <= 50; minutes += 1) note(minutes);
    expect(update).not.toHaveBeenCalled();
    await lastUsed.flush();
    expect(update).toHaveBeenCalledTimes(1);
    expect(await written()).toEqual(at(50));
    await lastUsed.flush();
    expect(update).toHaveBeenCalledTimes(1);
    update.mockRestore();
  });

  test('never moves backwards: another process may have written later', async () => {
    const another = new LastUsed(server.server.parts.context, clientSecrets);
    note(5);
    note(9, m2m.secretId, another);
    await another.flush();
    await lastUsed.flush();
    expect(await written()).toEqual(at(9));
    note(10);
    await lastUsed.flush();
    expect(await written()).toEqual(at(10));
  });

  test('survives a database that cannot be written: what was noted is written later, and the latest wins', async () => {
    const second = await createM2m(server);
    note(1);
    note(2, second.secretId);
    await shared.query('alter table connect_auth.client_secrets rename to away');
    const failing = lastUsed.flush();
    note(7);
    await expect(failing).rejects.toThrow();
    await shared.query('alter table connect_auth.away rename to client_secrets');

    await lastUsed.flush();
    expect(await written()).toEqual(at(7));
    expect(await written(second.secretId)).toEqual(at(2));
  });

  test('keeps a use that comes while the earlier ones are written', async () => {
    note(1);
    const flushing = lastUsed.flush();
    note(2);
    await flushing;
    expect(await written()).toEqual(at(1));
    await lastUsed.flush();
    expect(await written()).toEqual(at(2));
  });

  test('does not come back with a secret that was deleted', async () => {
    note(1);
    await manage(server, 'DELETE', `/connect/client_secrets/${m2m.secretId}`);
    await lastUsed.flush();
    expect(await written()).toBeUndefined();
  });

  test('is written before the server closes, and so is the last use of an API key', async () => {
    const closing = await shared.open({ clock, environmentId: 'closing' });
    const used = await createM2m(closing);
    const { id, key } = await closing.server.parts.apiKeys.create('for a script');
    clock.time = at(60).getTime();
    await grant(closing, used);
    await get(closing, '/organizations', { authorization: `Bearer ${key}` });
    expect(await written(used.secretId)).toBeNull();

    await shared.close(closing);
    expect(await written(used.secretId)).toEqual(at(60));
    expect(await shared.query('select last_used_at from connect_auth.api_keys where id = $1', [id])).toEqual([
      { last_used_at: at(60) },
    ]);
  });
});
