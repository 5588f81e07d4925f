import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import { AuthorizationServer } from '../server/authorization-server.js';

/** Health checks for process managers and load balancers. */
@Controller('health')
export class HealthController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  /** Tells that the process answers. A restart helps only if this does not. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): object {
    return { status: 'ok' };
  }

  /** Tells that requests may come: the database answers, and the server is not shutting down. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(): Promise<object> {
    if (await this.server.isReady()) return { status: 'ok' };
    throw new ServiceUnavailableException({ status: 'unavailable' });
  }
}
