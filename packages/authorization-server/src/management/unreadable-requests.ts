import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { AuthorizationServer } from '../server/authorization-server.js';
import { ManagementError } from './management-error.js';
import { sendManagementError } from './send-management-error.js';

const roots = ['authkit', 'connect', 'organizations', 'user_management', 'signing_keys'];

/**
 * Answers requests with a body that is not JSON or is too large, or with a path that cannot be decoded. They reach
 * neither a route nor a filter, and the responses of Express and Nest would quote the body in a shape unlike all
 * others.
 */
@Injectable()
export class UnreadableRequests implements OnModuleInit {
  constructor(
    @Inject(AuthorizationServer) private readonly server: AuthorizationServer,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
  ) {}

  /** Registers the handler after Nest's routes and before Nest's own error handler. */
  onModuleInit(): void {
    const prefix = this.config.getGlobalPrefix().replaceAll(/^\/|\/$/g, '');
    const ours = new RegExp(`^${prefix === '' ? '' : `/${prefix}`}/(?:${roots.join('|')})(?:/|$)`, 'i');
    this.host.httpAdapter?.use((error: { status?: number }, req: Request, res: Response, next: NextFunction) => {
      const isUnreadable = typeof error?.status === 'number' && error.status >= 400 && error.status < 500;
      if (!isUnreadable || !ours.test(req.path) || res.headersSent) return next(error);
      res.setHeader('X-Request-ID', this.server.parts.context.newId('request_'));
      sendManagementError(
        res,
        new ManagementError(error.status ?? 400, 'invalid_request', 'The request cannot be read.'),
      );
    });
  }
}
