import { createVerifier, type Verifier } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Inject } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type Auth, ConnectAuthHandshake, ConnectAuthVerifier, Public } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { internalError, invalidRequest, invalidToken, missingToken } from './message-errors.js';
import { openGateway, socketKinds } from './open-gateway.js';

let admitted: (Auth | undefined)[] = [];

@WebSocketGateway()
class HallGateway {
  constructor(@Inject(ConnectAuthHandshake) private readonly handshake: ConnectAuthHandshake) {}

  async handleConnection(client: never, request?: never): Promise<void> {
    admitted.push(await this.handshake.admit(client, request));
  }
  @SubscribeMessage('ping') @Public() ping() {
    return { event: 'pong', data: null };
  }
}

describe.each(socketKinds)('%s: admit()', (kind) => {
  let world: OpenIssuer;
  let gateway: Awaited<ReturnType<typeof openGateway>>;
  const policyViolation = (reason: string) => (kind === 'ws' ? { code: 1008, reason } : 'io server disconnect');
  beforeAll(async () => {
    world = await openIssuer();
    gateway = await openGateway(kind, world.trust(), HallGateway);
    admitted = [];
  });

  test('a good token: tells the caller, and the connection stays', async () => {
    const client = await gateway.connectWith(world.issuer.token({ org: 'org_A' }));
    expect(await client.ask('ping')).toEqual({ event: 'pong', data: null });
    expect(admitted).toEqual([expect.objectContaining({ orgId: 'org_A' })]);
  });

  test('the same token again: is known, and not verified once more', async () => {
    const real = createVerifier(world.trust());
    let verified = 0;
    const verify = (token: string) => {
      verified += 1;
      return real.verify(token);
    };
    const verifier = { verify, recall: (token: string) => real.recall(token) } as Verifier;
    const { connectWith } = await openGateway(kind, { verifier }, HallGateway);
    const token = world.issuer.token();
    for (let at = 0; at < 3; at += 1) await (await connectWith(token)).ask('ping');
    await real.close();
    expect(verified).toBe(1);
  });

  test.each([
    ['no token', () => undefined, missingToken],
    ['a flawed token', () => world.issuer.flaws.expired(), invalidToken],
    ['a malformed token', () => 'a b', invalidRequest],
  ])('%s: says why, and closes the connection', async (_name, token, error) => {
    admitted = [];
    const client = await gateway.connectWith(token());
    expect(await client.next()).toEqual({ event: 'exception', data: error });
    expect(await client.closed).toEqual(policyViolation(error.error ?? ''));
    expect(admitted).toEqual([undefined]);
  });

  test('a token that was revoked after its first connection', async () => {
    const { app, connectWith } = await openGateway(kind, world.trust(), HallGateway);
    const token = world.issuer.token({ claims: { jti: 'stolen' } });
    await (await connectWith(token)).ask('ping');
    await app.get(ConnectAuthVerifier).revoke({ tokenId: 'stolen' });
    const client = await connectWith(token);
    expect(await client.next()).toEqual({ event: 'exception', data: invalidToken });
    expect(await client.closed).toEqual(policyViolation('invalid_token'));
  });

  test.each([undefined, null, {}])(
    'a verifier that resolves to %p lets nobody in, and nothing crashes',
    async (auth) => {
      admitted = [];
      const verifier = { verify: async () => auth, recall: () => undefined } as never as Verifier;
      const { errors, connectWith } = await openGateway(kind, { verifier }, HallGateway);
      const client = await connectWith('any');
      expect(await client.next()).toEqual({ event: 'exception', data: internalError });
      expect(await client.closed).toEqual(policyViolation(''));
      expect(admitted).toEqual([undefined]);
      expect(errors).toEqual([expect.objectContaining({ name: 'ConfigurationError', option: 'verifier' })]);
    },
  );
});
