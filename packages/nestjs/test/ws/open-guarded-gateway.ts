import { Inject, UseGuards } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type Auth, ConnectAuthGuard, ConnectAuthHandshake, CurrentAuth } from '../../src/index.js';
import type { OpenIssuer } from '../open-issuer.js';
import type { Message } from './inbox.js';
import { openGateway, type SocketKind } from './open-gateway.js';

/** A gateway with one guarded message, and what a client with this token is told when it sends that. */
export async function openGuardedGateway(kind: SocketKind, options: ReturnType<OpenIssuer['trust' | 'trustKeysOnly']>) {
  const reached: Auth[] = [];

  @WebSocketGateway()
  @UseGuards(ConnectAuthGuard)
  class ProjectsGateway {
    constructor(@Inject(ConnectAuthHandshake) private readonly handshake: ConnectAuthHandshake) {}

    async handleConnection(client: never, request?: never): Promise<void> {
      // The guards of ws need it; those of socket.io do not, and so are seen to refuse by themselves.
      if (kind === 'ws') await this.handshake.admit(client, request);
    }

    @SubscribeMessage('projects')
    list(@CurrentAuth() auth: Auth) {
      reached.push(auth);
      return { event: 'projects', data: { subject: auth.subject, orgId: auth.orgId } };
    }
  }

  const { errors, connectWith } = await openGateway(kind, options, ProjectsGateway);
  async function call(token: string | undefined): Promise<Message> {
    const client = await connectWith(token);
    const told = await client.ask('projects');
    client.close();
    return told;
  }
  return { call, reached, errors };
}
