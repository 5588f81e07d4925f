import { expect, test } from '@jest/globals';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { internalError } from './message-errors.js';
import { openGateway } from './open-gateway.js';

let reached = 0;

@WebSocketGateway()
class BoundGateway {
  constructor() {
    this.list = this.list.bind(this);
  }

  @SubscribeMessage('list') @RequireScopes('a') list() {
    reached += 1;
    return { event: 'answer' };
  }
}

test.each([true, false])(
  'a gateway’s handler that is bound in the constructor lets nobody in: global %p',
  async (global) => {
    reached = 0;
    const { issuer, trust } = await openIssuer();
    const { connectWith } = await openGateway('socket.io', { ...trust(), global }, BoundGateway);
    for (const scopes of [undefined, [], ['a']]) {
      const client = await connectWith(scopes && issuer.token({ scopes }));
      expect(await client.ask('list')).toMatchObject({ event: 'exception', data: internalError });
    }
    expect(reached).toBe(0);
  },
);
