import { expect, jest, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { markToken } from '../../src/oauth/engine/marked-token.js';
import { createM2m, grant } from '../kit/client.js';
import { introspect, isActive } from './introspect.js';
import { open } from './open.js';
import { consent, tokensFor } from './user-tokens.js';

const server = await open();
const m2m = await createM2m(server);
const { context, jwts } = server.server.parts;

interface Client {
  query(query: string | { readonly text: string }, ...values: unknown[]): unknown;
}

/** How often tokens are verified and looked up while this works, as what the client of the database is sent tells. */
async function countWhile(work: () => Promise<unknown>): Promise<{ verified: number; lookedUp: number }> {
  const { $client } = context.storage.db as unknown as { $client: Client };
  const verify = jest.spyOn(jwts, 'verify');
  const query = jest.spyOn($client, 'query');
  try {
    await work();
    const sent = query.mock.calls.map(([one]) => (typeof one === 'string' ? one : one.text));
    return {
      verified: verify.mock.calls.length,
      lookedUp: sent.filter((text) => /^select .* from "connect_auth"."access_tokens"/.test(text)).length,
    };
  } finally {
    verify.mockRestore();
    query.mockRestore();
  }
}

const expectActive = async (token: string) =>
  expect((await introspect(server, m2m, token)).body).toMatchObject({ active: true, jti: decodeJwt(token).jti });

test('an introspection verifies an M2M token once, and looks it up once', async () => {
  const token = await grant(server, m2m);
  expect(await countWhile(() => expectActive(token))).toEqual({ verified: 1, lookedUp: 1 });
});

test('so it does with a user’s token', async () => {
  const { accessToken } = await tokensFor(await consent(server));
  expect(await countWhile(() => expectActive(accessToken))).toEqual({ verified: 1, lookedUp: 1 });
});

test('and with one that is revoked', async () => {
  const token = await grant(server, m2m);
  await server.server.parts.accessTokens.revoke(decodeJwt(token).jti as string);
  const counted = await countWhile(async () => expect(await isActive(server, m2m, token)).toBe(false));
  expect(counted).toEqual({ verified: 1, lookedUp: 1 });
});

test('the next introspection looks again', async () => {
  const token = await grant(server, m2m);
  const counted = await countWhile(async () => {
    await expectActive(token);
    await server.server.parts.accessTokens.revoke(decodeJwt(token).jti as string);
    expect(await isActive(server, m2m, token)).toBe(false);
  });
  expect(counted).toEqual({ verified: 2, lookedUp: 2 });
});

test('even while a look-up of the same token is in progress', async () => {
  const token = markToken(await grant(server, m2m));
  const find = () => server.server.provider.ClientCredentials.find(token);
  const counted = await countWhile(async () => {
    const first = find();
    await Promise.resolve();
    const [one, other] = await Promise.all([first, find()]);
    expect([one?.kind, other?.kind]).toEqual(['ClientCredentials', 'ClientCredentials']);
  });
  expect(counted).toEqual({ verified: 2, lookedUp: 2 });
});
