import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, jest, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import type { SigningAlgorithm } from '../../src/index.js';
import type { Maintenance } from '../../src/server/maintenance.js';
import { createM2m, grant, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { isActive } from './introspect.js';
import { open, openStorage } from './open.js';

/** How often it has read the keys. */
function countLooks({ server }: TestServer) {
  const looks = jest.spyOn(server.parts.signingKeys, 'refresh');
  return () => looks.mock.calls.length;
}

(await describeOnPostgres(describe, 'keys of another server'))('of two servers on one database', () => {
  const openBoth = async (algorithm: SigningAlgorithm = 'ES256') => {
    const storage = await openStorage();
    const now = Date.now();
    const openOne = (wanted: SigningAlgorithm) =>
      open({
        storage,
        issuer: 'https://auth.test',
        keys: { algorithm: wanted, encryptionKey: 'ab'.repeat(32) },
        clock: { now: () => now },
      });
    const first = await openOne('ES256');
    // It polls no more: it must find out by itself.
    await (first.server as unknown as { maintenance: Maintenance }).maintenance.stop();
    const m2m = await createM2m(first);
    const second = await openOne(algorithm);
    return { first, second, m2m };
  };

  const rotate = (server: TestServer) => manage(server, 'POST', '/signing_keys/rotate');
  const knows = ({ server }: TestServer, token: string) =>
    server.parts.signingKeys.current.published.some(({ kid }) => kid === decodeProtectedHeader(token).kid);

  test.each([
    ['after two rotations', 'ES256', 2],
    ['after a start with another algorithm', 'EdDSA', 0],
  ] as const)('the first knows a token of the second’s newest key at once, %s', async (_when, algorithm, rotations) => {
    const { first, second, m2m } = await openBoth(algorithm);
    for (let at = 0; at < rotations; at += 1) await rotate(second);
    const token = await grant(second, m2m);
    expect(knows(first, token)).toBe(false);
    expect(await isActive(first, m2m, token)).toBe(true);
  });

  test.each([
    ['after two rotations', 'ES256', 2],
    ['after a start with another algorithm', 'EdDSA', 0],
  ] as const)('and revokes it, %s', async (_when, algorithm, rotations) => {
    const { first, second, m2m } = await openBoth(algorithm);
    for (let at = 0; at < rotations; at += 1) await rotate(second);
    const token = await grant(second, m2m);
    expect(knows(first, token)).toBe(false);
    expect((await post(first, '/oauth2/revoke', { ...m2m.credentials, token })).status).toBe(200);
    expect([await isActive(first, m2m, token), await isActive(second, m2m, token)]).toEqual([false, false]);
  });

  test('keys that are made up cost one look at the database a second, and hide no key that is real', async () => {
    const { first, second, m2m } = await openBoth();
    const looks = countLooks(first);
    const { privateKey } = await generateKeyPair('ES256');
    const claims = decodeJwt(await grant(first, m2m));
    const forge = (kid: string) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
    expect(await isActive(first, m2m, await forge('made-up'))).toBe(false);
    expect(looks()).toBe(1);

    for (let at = 0; at < 2; at += 1) await rotate(second);
    const token = await grant(second, m2m);
    expect(knows(first, token)).toBe(false);
    // They wait for a look together.
    const began = performance.now();
    const forged = await Promise.all(Array.from({ length: 20 }, (_, at) => forge(`made-up-${at}`)));
    const answers = await Promise.all([...forged, token].map((each) => isActive(first, m2m, each)));
    expect(answers).toEqual([...Array(20).fill(false), true]);
    expect(looks()).toBeLessThanOrEqual(2 + (performance.now() - began) / 1000);
  });

  test('a token of a known key costs no look', async () => {
    const { first, m2m } = await openBoth();
    const looks = countLooks(first);
    expect(await isActive(first, m2m, await grant(first, m2m))).toBe(true);
    expect(looks()).toBe(0);
  });
});
