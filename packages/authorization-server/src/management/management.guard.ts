import type { ServerResponse } from 'node:http';
import { type CanActivate, type ExecutionContext, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { lastValueFrom, Observable } from 'rxjs';
import { AuthorizationServer } from '../server/authorization-server.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { ManagementError } from './management-error.js';

/** Comes first in every request to the management API: assigns its id, and applies the rate limit and the guard. */
@Injectable()
export class ManagementGuard implements CanActivate, OnModuleInit {
  private guard!: CanActivate;

  constructor(
    @Inject(AuthorizationServer) private readonly server: AuthorizationServer,
    @Inject(ModuleRef) private readonly module: ModuleRef,
  ) {}

  /** Creates the guard here, so that a failure stops the start instead of every request. */
  async onModuleInit(): Promise<void> {
    this.guard = await this.module.create<CanActivate>(this.server.options.management?.guard ?? ApiKeyGuard);
  }

  /** @throws ManagementError 404 if the API is off, 429, 401 */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const requestId = this.server.parts.context.newId('request_');
    http.getResponse<ServerResponse>().setHeader('X-Request-ID', requestId);

    const { management, rateLimit } = this.server.options;
    if (management?.enabled === false) throw new ManagementError(404, 'not_found', 'Not found.');
    const refusal = await rateLimit?.({ endpoint: 'management', ip: request.ip, request });
    if (refusal) {
      const { retryAfterSeconds } = refusal;
      throw new ManagementError(429, 'rate_limit_exceeded', 'Too many requests.', undefined, retryAfterSeconds);
    }
    const answer = await this.guard.canActivate(context);
    return answer instanceof Observable ? lastValueFrom(answer) : answer;
  }
}
