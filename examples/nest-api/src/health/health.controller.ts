import { ConnectAuthHealthIndicator, OrgExempt, Public } from '@connect-auth/nestjs';
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse } from '@nestjs/swagger';

@Controller('health')
export class HealthController {
  constructor(private readonly connectAuth: ConnectAuthHealthIndicator) {}

  /** Whether tokens can be verified. The reason why not goes to the log, not to the public. */
  @Get()
  @Public()
  @OrgExempt('has no data of any organization')
  @ApiOkResponse({ description: 'Tokens can be checked' })
  @ApiServiceUnavailableResponse({ description: 'Tokens cannot be checked' })
  check(): { status: 'up' } {
    const { status } = this.connectAuth.isHealthy('auth').auth;
    if (status === 'down') throw new ServiceUnavailableException({ status });
    return { status };
  }
}
