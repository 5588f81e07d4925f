import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Response } from 'express';
import { AuthorizationServer } from '../server/authorization-server.js';
import { describeError } from '../storage/describe-error.js';
import { sendManagementError } from './send-management-error.js';
import { toManagementError } from './to-management-error.js';

/** Answers every error thrown behind a route of the management API. */
@Catch()
export class ManagementErrorFilter implements ExceptionFilter {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const answer = toManagementError(error);
    // Errors that are the server's own fault are reported.
    if (answer.status >= 500) this.server.report(describeError(error));
    sendManagementError(host.switchToHttp().getResponse<Response>(), answer);
  }
}
