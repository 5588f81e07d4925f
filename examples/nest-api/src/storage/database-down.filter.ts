import { type ArgumentsHost, Catch, Logger, ServiceUnavailableException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { isDatabaseDown } from 'walled-database';

/** A database that does not answer is the server's fault, and passes: 503. The error goes to the log only. */
@Catch()
export class DatabaseDownFilter extends BaseExceptionFilter {
  private readonly logger = new Logger('Database');

  override catch(error: unknown, host: ArgumentsHost): void {
    // GraphQL formats errors itself.
    if (host.getType() !== 'http') throw error;
    if (!isDatabaseDown(error)) {
      super.catch(error, host);
      return;
    }
    this.logger.error((error as Error).message);
    host.switchToHttp().getResponse().setHeader('Retry-After', '5');
    super.catch(new ServiceUnavailableException(), host);
  }
}
