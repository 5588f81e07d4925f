import { Controller, UseGuards } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Auth, ConnectAuthGuard, CurrentAuth } from '../../src/index.js';
import type { OpenIssuer } from '../open-issuer.js';
import { openMicroservice, withToken } from './open-microservice.js';

/** A microservice with one guarded message, and what a client that sends it with this token is told. */
export async function openGuardedMessage(options: ReturnType<OpenIssuer['trust' | 'trustKeysOnly']>) {
  const reached: Auth[] = [];

  @Controller()
  @UseGuards(ConnectAuthGuard)
  class ProjectsController {
    @MessagePattern('projects') list(@CurrentAuth() auth: Auth) {
      reached.push(auth);
      return String(auth.orgId);
    }
  }

  const { send, errors } = await openMicroservice(options, ProjectsController);
  return { call: (token: string | undefined) => send('projects', withToken(token)), reached, errors };
}
