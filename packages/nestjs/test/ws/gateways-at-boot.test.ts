import { freePort } from '@connect-auth/test-kit/free-port';
import { describe, expect, test } from '@jest/globals';
import { Inject, Injectable, Scope, UseGuards } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { ConnectAuthGuard, ConnectAuthHandshake, currentAuth, OrgId, Public, RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { insufficientScope } from './message-errors.js';
import { nestMajor } from './nest-major.js';
import { openGateway, socketKinds, tellingKinds } from './open-gateway.js';

@WebSocketGateway()
class UndecidedGateway {
  @SubscribeMessage('first') first() {}
  @SubscribeMessage('second') @Public() second() {}
  @SubscribeMessage('third') @RequireScopes('x') third() {}
  @SubscribeMessage('fourth') fourth() {}
}

describe.each(socketKinds)('%s', (kind) => {
  test('a gateway with undecided messages beside a global guard, which does not reach it: refused', async () => {
    const { trust } = await openIssuer();
    const boot = openGateway(kind, { ...trust(), global: true }, UndecidedGateway);
    await expect(boot).rejects.toThrow(
      'checkRoutes found routes that are neither protected nor public: UndecidedGateway.first (ws), UndecidedGateway.fourth (ws). ',
    );
  });
});

describe.each(tellingKinds)('%s', (kind) => {
  test('a gateway on a port of its own', async () => {
    const { issuer, trust } = await openIssuer();
    const port = await freePort();

    @WebSocketGateway(port)
    @UseGuards(ConnectAuthGuard)
    class PortGateway {
      constructor(@Inject(ConnectAuthHandshake) private readonly handshake: ConnectAuthHandshake) {}
      async handleConnection(client: never, request?: never): Promise<void> {
        await this.handshake.admit(client, request);
      }
      @SubscribeMessage('org') org(@OrgId() orgId: string) {
        return { event: 'org', data: [orgId, currentAuth().orgId] };
      }
      @SubscribeMessage('write') @RequireScopes('projects:write') write() {}
    }

    const { connectWith } = await openGateway(kind, { ...trust(), global: true }, PortGateway);
    const client = await connectWith(issuer.token({ org: 'org_A' }), port);
    expect(await client.ask('org')).toEqual({ event: 'org', data: ['org_A', 'org_A'] });
    expect(await client.ask('write')).toEqual({ event: 'exception', data: insufficientScope('projects:write') });
  });
});

@Injectable({ scope: Scope.REQUEST })
class Counter {
  readonly orgId = 'set by nobody';
}

@WebSocketGateway()
@UseGuards(ConnectAuthGuard)
class ScopedGateway {
  constructor(@Inject(Counter) readonly counter: Counter) {}
  @SubscribeMessage('org') org(@OrgId() orgId: string) {
    return { event: 'org', data: [orgId, currentAuth().orgId, this.counter?.orgId] };
  }
}

test('a request-scoped gateway is guarded; Nest 11 binds the handlers of one that was never made', async () => {
  const { issuer, trust } = await openIssuer();
  const { connectWith } = await openGateway('socket.io', trust(), ScopedGateway, Counter);
  const client = await connectWith(issuer.token({ org: 'org_A' }));
  const counter = nestMajor >= 12 ? 'set by nobody' : null;
  expect(await client.ask('org')).toEqual({ event: 'org', data: ['org_A', 'org_A', counter] });
  const refused = await connectWith(issuer.flaws.expired());
  expect((await refused.ask('org')).data).toMatchObject({ status: 'error', error: 'invalid_token' });
});
