import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Observable } from 'rxjs';
import { AuthorizationServer } from '../server/authorization-server.js';
import { findAuditActor } from './audit-actor.js';

/** Attributes the changes that a request makes to its caller and to the request itself. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const actor = findAuditActor(request) ?? { type: 'custom', id: 'custom' };
    const { method } = request;
    const http = { method, route: request.route.path, request_id: response.getHeader('X-Request-ID') as string };
    const { audit } = this.server.parts.context;
    return new Observable((subscriber) => {
      const slot = audit.reserve(method);
      subscriber.add(() => slot?.release());
      return audit.as({ actor, http, slot }, () => next.handle().subscribe(subscriber));
    });
  }
}
