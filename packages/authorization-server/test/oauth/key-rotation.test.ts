import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { type Answer, createM2m, get, grant, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { isActive } from './introspect.js';
import { open } from './open.js';
import { form, raw } from './raw-request.js';
import { consent, tokensFor } from './user-tokens.js';

const keysOf = async (server: TestServer) => (await get(server, '/oauth2/jwks')).body.keys;
const kidsOf = async (server: TestServer): Promise<string[]> =>
  (await keysOf(server)).map(({ kid }: { kid: string }) => kid);
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const rotate = (server: TestServer) => manage(server, 'POST', '/signing_keys/rotate');
const encryptionKey = 'ab'.repeat(32);

describe('a rotation by command', () => {
  test('makes the next key sign, which every verifier knows already, and old tokens stay good', async () => {
    const server = await open();
    const m2m = await createM2m(server);
    const old = await grant(server, m2m);
    const before = await keysOf(server);
    const [active, next] = before.map(({ kid }: { kid: string }) => kid);
    expect(kidOf(old)).toBe(active);

    const { status, body } = await rotate(server);
    const shown = body.data.map((key: { id: string; status: string }) => [key.id, key.status]);
    const newest = shown[1][0];
    expect([status, shown]).toEqual([
      200,
      [
        [next, 'active'],
        [newest, 'next'],
        [active, 'retired'],
      ],
    ]);
    expect([active, next]).not.toContain(newest);
    expect(await kidsOf(server)).toEqual([next, newest, active]);

    const token = await grant(server, m2m);
    expect(kidOf(token)).toBe(next);
    await jwtVerify(token, createLocalJWKSet({ keys: before }));
    await jwtVerify(old, createLocalJWKSet({ keys: await keysOf(server) }));
    expect([await isActive(server, m2m, old), await isActive(server, m2m, token)]).toEqual([true, true]);

    const { accessToken, idToken } = await tokensFor(await consent(server));
    expect([kidOf(accessToken), kidOf(idToken)]).toEqual([next, next]);
  });

  test('is told to the audit trail, key by key', async () => {
    const server = await open();
    const [active, next] = await kidsOf(server);
    const { body, headers } = await rotate(server);
    const told = server.events.filter(({ http }) => http?.request_id === headers.get('x-request-id'));
    expect(told.map(({ action, targets, actor }) => [action, ...targets, actor.type])).toEqual([
      ['signing_key.retired', { type: 'signing_key', id: active }, 'api_key'],
      ['signing_key.activated', { type: 'signing_key', id: next }, 'api_key'],
      ['signing_key.created', { type: 'signing_key', id: body.data[1].id }, 'api_key'],
    ]);
  });

  test('disturbs no request that is under way', async () => {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const server = await open({ rateLimit: ({ endpoint }) => void (endpoint === 'token' && begin()) });
    const m2m = await createM2m(server);
    const [active, next] = await kidsOf(server);
    async function* slowBody() {
      yield 'grant_type=client_credentials&';
      await begun;
      await rotate(server);
      yield `${new URLSearchParams(m2m.credentials)}`;
    }
    const headers = { ...form, 'transfer-encoding': 'chunked' };
    const answer = await raw(server, 'POST', '/oauth2/token', headers, slowBody());
    expect([answer.status, server.log]).toEqual([200, []]);
    const token = JSON.parse(answer.body).access_token;
    expect([active, next]).toContain(kidOf(token));
    await jwtVerify(token, createLocalJWKSet({ keys: await keysOf(server) }));
    expect(await isActive(server, m2m, token)).toBe(true);
  });

  test('disturbs nobody who asks again and again', async () => {
    const server = await open({ keys: { algorithm: 'ES256', encryptionKey } });
    const m2m = await createM2m(server);
    const asked = { grant_type: 'client_credentials', ...m2m.credentials };
    const answers: Answer[] = [];
    const asking = async () => {
      for (let at = 0; at < 15; at += 1) answers.push(await post(server, '/oauth2/token', asked));
    };
    const rotating = async () => {
      for (let at = 0; at < 5; at += 1) await rotate(server);
    };
    await Promise.all([asking(), asking(), rotating()]);
    expect([answers.map(({ status }) => status), server.log]).toEqual([Array(30).fill(200), []]);
    const known = createLocalJWKSet({ keys: await keysOf(server) });
    for (const { body } of answers) await jwtVerify(body.access_token, known);
  });
});

describe('a rotation by schedule', () => {
  async function openClocked(rotateEverySeconds: number | null) {
    let now = Date.now();
    const server = await open({ clock: { now: () => now }, keys: { encryptionKey, rotateEverySeconds } });
    const after = async (seconds: number) => {
      now += seconds * 1000;
      await server.server.parts.signingKeys.refresh();
    };
    return { server, after };
  }

  test('comes when it is due and not before, and a retired key goes when its last token has expired', async () => {
    const { server, after } = await openClocked(5_000);
    const [first, second] = await kidsOf(server);
    await after(4_999);
    expect(await kidsOf(server)).toEqual([first, second]);
    await after(1);
    const [active, third, retired] = await kidsOf(server);
    expect([active, retired]).toEqual([second, first]);
    expect(kidOf(await grant(server, await createM2m(server)))).toBe(second);
    await after(3_899); // An hour, and five minutes for clocks that differ.
    expect(await kidsOf(server)).toEqual([second, third, first]);
    await after(1);
    expect(await kidsOf(server)).toEqual([second, third]);
    expect(server.events.at(-1)).toMatchObject({
      action: 'signing_key.deleted',
      targets: [{ type: 'signing_key', id: first }],
      actor: { type: 'system', id: 'system' },
    });
  });

  test('never comes where rotateEverySeconds is null', async () => {
    const { server, after } = await openClocked(null);
    const kids = await kidsOf(server);
    await after(10 * 365 * 24 * 3_600);
    expect(await kidsOf(server)).toEqual(kids);
  });

  test('comes after 90 days where nothing else is said', async () => {
    let now = Date.now();
    const server = await open({ clock: { now: () => now } });
    const [, next] = await kidsOf(server);
    now += 90 * 24 * 3_600_000;
    await server.server.parts.signingKeys.refresh();
    expect((await kidsOf(server))[0]).toBe(next);
  });
});
