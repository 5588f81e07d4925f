import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { AuthorizationServer } from '../server/authorization-server.js';
import { auditActorOf } from './audit-actor.js';

/** Attributes the changes that a request makes to its caller and its request id. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const actor = auditActorOf(http.getRequest<IncomingMessage>());
    const requestId = http.getResponse<ServerResponse>().getHeader('X-Request-ID') as string | undefined;
    const { audit } = this.server.parts.context;
    return new Observable((subscriber) => audit.as(actor, requestId, () => next.handle().subscribe(subscriber)));
  }
}
