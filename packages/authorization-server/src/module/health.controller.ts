import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import { AuthorizationServer } from '../server/authorization-server.js';

/** For whoever starts, restarts and balances. */
@Controller('health')
export class HealthController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  /** The process answers. To start it again helps only where this does not. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): object {
    return { status: 'ok' };
  }

  /** The database answers, and the server is not being shut down: requests may come. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(): Promise<object> {
    if (await this.server.isReady()) return { status: 'ok' };
    throw new ServiceUnavailableException({ status: 'unavailable' });
  }
}
