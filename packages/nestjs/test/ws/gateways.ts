import { Inject, UseGuards } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import {
  type Auth,
  ConnectAuthGuard,
  ConnectAuthHandshake,
  CurrentAuth,
  OptionalAuth,
  OrgId,
  Public,
  RequireScopes,
} from '../../src/index.js';

const answer = (data: unknown) => ({ event: 'answer', data });

/** A message for each thing that may be asked of its sender. Connections are kept, whoever opens them. */
@WebSocketGateway()
@RequireScopes('projects:read')
export class ProjectsGateway {
  constructor(@Inject(ConnectAuthHandshake) private readonly handshake: ConnectAuthHandshake) {}

  async handleConnection(client: never, request?: never): Promise<void> {
    if (request !== undefined) await this.handshake.admit(client, request);
  }

  @SubscribeMessage('list') list(@OrgId() orgId: string) {
    return answer(orgId);
  }
  @SubscribeMessage('write') @RequireScopes('projects:write') write() {
    return answer('written');
  }
  @SubscribeMessage('about') @Public() about() {
    return answer('about');
  }
  @SubscribeMessage('greet') @OptionalAuth() greet(@CurrentAuth() auth: Auth | undefined) {
    return answer(auth?.subject ?? 'nobody');
  }
}

/** Guarded, and nothing is asked of the token. */
@WebSocketGateway()
@UseGuards(ConnectAuthGuard)
export class PlainGateway {
  @SubscribeMessage('who') who(@CurrentAuth() auth: Auth) {
    return answer(auth.subject);
  }
}
