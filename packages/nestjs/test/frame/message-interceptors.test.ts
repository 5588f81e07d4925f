import { describe, expect, test } from '@jest/globals';
import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  Inject,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { ConnectAuthHandshake, currentAuth, RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openMicroservice, withToken } from '../rpc/open-microservice.js';
import { openGateway, socketKinds } from '../ws/open-gateway.js';
import { org } from './who-is-asking.js';

let seen: unknown[] = [];

class Observer implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    seen.push(org());
    return next.handle();
  }
}

@Controller()
class ProjectsController {
  @MessagePattern('org')
  @RequireScopes('a')
  @UseInterceptors(Observer, new Observer())
  org() {
    return currentAuth().orgId;
  }
}

@WebSocketGateway()
class ProjectsGateway {
  constructor(@Inject(ConnectAuthHandshake) private readonly handshake: ConnectAuthHandshake) {}

  async handleConnection(client: never, request?: never): Promise<void> {
    await this.handshake.admit(client, request);
  }
  @SubscribeMessage('org')
  @RequireScopes('a')
  @UseInterceptors(Observer, new Observer())
  org() {
    return { event: 'answer', data: currentAuth().orgId };
  }
}

describe.each([true, false])('interceptors on the handler of messages know the caller, global: %p', (global) => {
  test('of a microservice', async () => {
    seen = [];
    const { issuer, trust } = await openIssuer();
    const { send } = await openMicroservice({ ...trust(), global }, ProjectsController);
    for (const org of ['org_A', 'org_B']) {
      const answer = await send('org', withToken(issuer.token({ org, scopes: ['a'] })));
      expect(answer).toEqual({ answer: org });
    }
    expect(seen).toEqual(['org_A', 'org_A', 'org_B', 'org_B']);
  });

  test.each(socketKinds)('of a gateway, %s', async (kind) => {
    seen = [];
    const { issuer, trust } = await openIssuer();
    const { connectWith } = await openGateway(kind, { ...trust(), global }, ProjectsGateway);
    for (const org of ['org_A', 'org_B']) {
      const client = await connectWith(issuer.token({ org, scopes: ['a'] }));
      expect(await client.ask('org')).toEqual({ event: 'answer', data: org });
    }
    expect(seen).toEqual(['org_A', 'org_A', 'org_B', 'org_B']);
  });
});
