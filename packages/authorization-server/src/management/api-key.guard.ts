import type { IncomingMessage } from 'node:http';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthorizationServer } from '../server/authorization-server.js';
import { setAuditActor } from './audit-actor.js';
import { ManagementError } from './management-error.js';

/** Allows requests with an API key: `Authorization: Bearer sk_…`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  /** @throws ManagementError 401 */
  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    const [, key] = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(request.headers.authorization ?? '') ?? [];
    const actor = key === undefined ? undefined : await this.server.parts.apiKeys.authenticate(key);
    if (actor === undefined) {
      throw new ManagementError(401, 'unauthorized', 'The API key is missing or not valid.');
    }
    setAuditActor(request, actor);
    return true;
  }
}
