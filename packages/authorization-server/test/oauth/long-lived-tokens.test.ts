import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { createM2m, get, grant, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { isActive } from './introspect.js';
import { open, openStorage } from './open.js';

const day = 24 * 3_600;

(await describeOnPostgres(describe, 'long-lived tokens'))('a key is published while tokens of it live,', () => {
  const kidsOf = async (server: TestServer): Promise<string[]> =>
    (await get(server, '/oauth2/jwks')).body.keys.map(({ kid }: { kid: string }) => kid);

  async function openRestarted() {
    const storage = await openStorage();
    const start = Date.now();
    let now = start;
    const openWith = (accessTokenSeconds: number) =>
      open({
        storage,
        issuer: 'https://auth.test',
        clock: { now: () => now },
        keys: { algorithm: 'ES256', encryptionKey: 'ab'.repeat(32), rotateEverySeconds: null },
        tokens: { accessTokenSeconds },
      });
    /** So long after the rotation, as far as the server knows. */
    const at = async ({ server }: TestServer, seconds: number) => {
      now = start + seconds * 1_000;
      await server.parts.signingKeys.refresh();
    };
    return { openWith, at };
  }

  test('also if tokens live a quarter of an hour since a restart', async () => {
    const { openWith, at } = await openRestarted();
    const before = await openWith(day);
    const m2m = await createM2m(before);
    const token = await grant(before, m2m);
    const kid = decodeProtectedHeader(token).kid as string;
    await before.app.close();

    const server = await openWith(900);
    await manage(server, 'POST', '/signing_keys/rotate');
    await at(server, 900 + 300);
    expect([await kidsOf(server), await isActive(server, m2m, token)]).toEqual([expect.arrayContaining([kid]), true]);
    await at(server, day - 10);
    expect([await kidsOf(server), await isActive(server, m2m, token)]).toEqual([expect.arrayContaining([kid]), true]);
    await at(server, day + 299);
    expect(await kidsOf(server)).toContain(kid);
    await at(server, day + 300);
    expect(await kidsOf(server)).not.toContain(kid);
    expect(await kidsOf(server)).toHaveLength(2);
  });

  test('also if they live a day only since a restart', async () => {
    const { openWith, at } = await openRestarted();
    const before = await openWith(900);
    const m2m = await createM2m(before);
    await before.app.close();

    const server = await openWith(day);
    const token = await grant(server, m2m);
    const kid = decodeProtectedHeader(token).kid as string;
    await manage(server, 'POST', '/signing_keys/rotate');
    await at(server, day - 10);
    expect([await kidsOf(server), await isActive(server, m2m, token)]).toEqual([expect.arrayContaining([kid]), true]);
    await at(server, day + 300);
    expect(await kidsOf(server)).not.toContain(kid);
  });

  test('and no longer: where they live a quarter of an hour, it goes after that', async () => {
    const { openWith, at } = await openRestarted();
    const server = await openWith(900);
    const [kid] = await kidsOf(server);
    await manage(server, 'POST', '/signing_keys/rotate');
    await at(server, 900 + 299);
    expect(await kidsOf(server)).toContain(kid);
    await at(server, 900 + 300);
    expect(await kidsOf(server)).not.toContain(kid);
  });
});
