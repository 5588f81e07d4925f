import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { PlainGateway } from './gateways.js';
import { invalidRequest, invalidToken, issuerUnavailable, missingToken } from './message-errors.js';
import { openGateway } from './open-gateway.js';

describe('socket.io: where the token comes from', () => {
  let world: OpenIssuer;
  let gateway: Awaited<ReturnType<typeof openGateway>>;
  let token: string;
  beforeAll(async () => {
    world = await openIssuer();
    gateway = await openGateway('socket.io', world.trust(), PlainGateway);
    token = world.issuer.token();
  });

  async function whoIs(...handshake: Parameters<typeof gateway.connect>) {
    const client = await gateway.connect(...handshake);
    return (await client.ask('who')).data;
  }

  test('`token` in `auth`, or the Authorization header of the handshake', async () => {
    const inAuth = await whoIs({ auth: { token } });
    expect(inAuth).toEqual(expect.any(String));
    expect(await whoIs({ authorization: `Bearer ${token}` })).toBe(inAuth);
  });

  test('not both, even if they are the same', async () => {
    expect(await whoIs({ auth: { token }, authorization: `Bearer ${token}` })).toEqual(invalidRequest);
    expect(await whoIs({ auth: { token: null }, authorization: `Bearer ${token}` })).toEqual(expect.any(String));
  });

  test('not the query beside it; alone there it is no token', async () => {
    expect(await whoIs({ auth: { token }, query: `access_token=${token}` })).toEqual(invalidRequest);
    expect(await whoIs({ query: `access_token=${token}` })).toEqual(missingToken);
  });

  test.each([
    ['a token with its scheme', () => `Bearer ${token}`],
    ['an empty text', () => ''],
    ['a list', () => [token]],
    ['a number', () => 7],
    ['an object', () => ({ token })],
    ['an object that cannot become a text', () => ({ toString: 1, valueOf: 1 })],
    ['bytes', () => Buffer.from('not a token: spaces')],
  ])('%s is malformed', async (_name, make) => {
    expect(await whoIs({ auth: { token: make() } })).toEqual(invalidRequest);
  });

  test.each([{ token: null }, { other: 'x' }, {}])('%j is no token', async (auth) => {
    expect(await whoIs({ auth })).toEqual(missingToken);
  });

  test('another scheme is no token', async () => {
    expect(await whoIs({ authorization: 'Basic YTpi' })).toEqual(missingToken);
  });

  test('opaque tokens are asked about', async () => {
    expect(await whoIs({ auth: { token: world.issuer.opaqueToken() } })).toEqual(expect.any(String));
    expect(await whoIs({ auth: { token: 'unknown' } })).toEqual(invalidToken);
  });

  test('nothing but a refusal was logged', () => expect(gateway.errors).toEqual([]));
});

test('an issuer that cannot be asked: 503, and when to come back', async () => {
  const { issuer, trustKeysOnly } = await openIssuer();
  const { connectWith } = await openGateway('socket.io', trustKeysOnly(), PlainGateway);
  issuer.fail('jwks', 'error500');
  const client = await connectWith(issuer.token());
  expect(await client.ask('who')).toEqual({ event: 'exception', data: issuerUnavailable(1) });
});
