import type { RequestHead } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { Injectable, UseGuards } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type Auth, ConnectAuthGuard, CurrentAuth, OptionalAuth } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openGateway } from './open-gateway.js';

/** It looks where there is no token. */
@Injectable()
class ElsewhereGuard extends ConnectAuthGuard {
  protected override getRequest(): RequestHead {
    return { headers: {} };
  }
}

@WebSocketGateway()
class GreetingGateway {
  @SubscribeMessage('one') @OptionalAuth() one(@CurrentAuth() auth: Auth | undefined) {
    return { event: 'one', data: auth === undefined ? 'nobody' : 'somebody' };
  }
  @SubscribeMessage('two') @UseGuards(ElsewhereGuard) @OptionalAuth() two(@CurrentAuth() auth: Auth | undefined) {
    return { event: 'two', data: auth === undefined ? 'nobody' : 'somebody' };
  }
}

test('of two guards before a message the last says who its sender is', async () => {
  const { issuer, trust } = await openIssuer();
  const { connectWith, errors } = await openGateway('socket.io', trust(), GreetingGateway);
  const client = await connectWith(issuer.token());
  expect(await client.ask('one')).toEqual({ event: 'one', data: 'somebody' });
  expect(await client.ask('two')).toEqual({ event: 'two', data: 'nobody' });
  expect(errors).toEqual([]);
});
