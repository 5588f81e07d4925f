import { describe, expect, test } from '@jest/globals';
import { Inject, UseGuards } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { defer, map, of } from 'rxjs';
import {
  ClientId,
  ConnectAuthGuard,
  ConnectAuthHandshake,
  currentAuth,
  OrgId,
  Public,
  Scopes,
} from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { internalError } from './message-errors.js';
import { openGateway, socketKinds, tellingKinds } from './open-gateway.js';

/** Messages that wait here until all that are expected have come. */
let gate: { arrived: () => void; opened: Promise<void> };
const answer = (data: unknown) => ({ event: 'answer', data });

@WebSocketGateway()
class CallerGateway {
  constructor(@Inject(ConnectAuthHandshake) private readonly handshake: ConnectAuthHandshake) {}

  async handleConnection(client: never, request?: never): Promise<void> {
    await this.handshake.admit(client, request);
  }
  @SubscribeMessage('held') @UseGuards(ConnectAuthGuard) async held(@OrgId() orgId: string) {
    gate.arrived();
    const before = currentAuth().orgId;
    await gate.opened;
    return answer([orgId, before, currentAuth().orgId]);
  }
  @SubscribeMessage('all') @UseGuards(ConnectAuthGuard) all(
    @ClientId() clientId: string,
    @Scopes() scopes: ReadonlySet<string>,
  ) {
    return answer([clientId, [...scopes]]);
  }
  @SubscribeMessage('observable') @UseGuards(ConnectAuthGuard) observable() {
    return defer(() => of(currentAuth().orgId)).pipe(map(answer));
  }
  @SubscribeMessage('nobody') @Public() nobody() {
    return answer(currentAuth().orgId);
  }
  @SubscribeMessage('unguarded') unguarded(@OrgId() orgId: string) {
    return answer(orgId);
  }
}

describe.each(socketKinds)('%s', (kind) => {
  test('messages under way at once have each its own caller, over two connections and over one', async () => {
    const { issuer, trust } = await openIssuer();
    const { connectWith } = await openGateway(kind, trust(), CallerGateway);
    const [a, b] = [
      await connectWith(issuer.token({ org: 'org_A' })),
      await connectWith(issuer.token({ org: 'org_B' })),
    ];
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    let missing = 4;
    gate = {
      opened,
      arrived: () => {
        missing -= 1;
        if (missing === 0) open();
      },
    };
    for (const client of [a, b, b, a]) client.send('held');
    const seen = [await a.next(), await a.next(), await b.next(), await b.next()].map(({ data }) => data);
    const thrice = (org: string) => [org, org, org];
    expect(seen).toEqual([thrice('org_A'), thrice('org_A'), thrice('org_B'), thrice('org_B')]);
  });

  test('parameters and Observables', async () => {
    const { issuer, trust } = await openIssuer();
    const { connectWith } = await openGateway(kind, trust(), CallerGateway);
    const client = await connectWith(issuer.token({ org: 'org_A', scopes: ['x', 'y'] }));
    expect(await client.ask('all')).toEqual({ event: 'answer', data: [issuer.client.clientId, ['x', 'y']] });
    expect(await client.ask('observable')).toEqual({ event: 'answer', data: 'org_A' });
  });
});

describe.each(tellingKinds)('%s: nobody is the caller', (kind) => {
  test.each([
    ['of a public message', 'nobody', 'currentAuth()'],
    ['of a message without a guard, and its parameter throws', 'unguarded', '@OrgId()'],
  ])('%s', async (_name, event, option) => {
    const { issuer, trust } = await openIssuer();
    const { connectWith, errors } = await openGateway(kind, { ...trust(), checkRoutes: false }, CallerGateway);
    const client = await connectWith(issuer.token({ org: 'org_A' }));
    const { data } = await client.ask(event);
    expect(data).toMatchObject(internalError);
    expect(JSON.stringify(data)).not.toContain('org_A');
    expect(errors).toEqual([expect.objectContaining({ name: 'ConfigurationError', option })]);
  });
});
