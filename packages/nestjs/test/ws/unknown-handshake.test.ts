import { expect, test } from '@jest/globals';
import { Inject } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { ConnectAuthHandshake } from '../../src/index.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { PlainGateway } from './gateways.js';
import { internalError } from './message-errors.js';
import { nestMajor } from './nest-major.js';
import { openGateway } from './open-gateway.js';

const setUpWrongly = expect.objectContaining({
  name: 'ConfigurationError',
  message: expect.stringContaining('call admit(client, request) of ConnectAuthHandshake in handleConnection'),
});

test('ws without admit(): messages are refused, and the log says what is missing', async () => {
  const { issuer, trust } = await openIssuer();
  const { connectWith, errors, firstError } = await openGateway('ws', trust(), PlainGateway);
  const client = await connectWith(issuer.token());
  client.send('who');
  if (nestMajor >= 12) expect((await client.next()).data).toMatchObject(internalError);
  await firstError;
  expect(errors).toEqual([setUpWrongly]);
});

@WebSocketGateway()
class ForgetfulGateway {
  constructor(@Inject(ConnectAuthHandshake) private readonly handshake: ConnectAuthHandshake) {}

  async handleConnection(client: never): Promise<void> {
    await this.handshake.admit(client);
  }
}

test('ws with admit(client) and no request: the connection is closed, and the log says what is missing', async () => {
  const { issuer, trust } = await openIssuer();
  const { connect, errors } = await openGateway('ws', trust(), ForgetfulGateway);
  const client = await connect(bearer(issuer.token()));
  expect(await client.next()).toEqual({ event: 'exception', data: internalError });
  expect(await client.closed).toEqual({ code: 1008, reason: '' });
  expect(errors).toEqual([setUpWrongly]);
});
