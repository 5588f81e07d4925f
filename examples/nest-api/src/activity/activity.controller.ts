import { OrgId, RequireClient, RequireScopes } from '@connect-auth/nestjs';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Activity } from './activity.model.js';
import { ActivityService } from './activity.service.js';

/** For the organization's own systems, which collect it; not for its users. */
@Controller('activity')
@RequireClient()
@RequireScopes('activity:read')
export class ActivityController {
  constructor(private readonly activity: ActivityService) {}

  @Get()
  @ApiOkResponse({ type: [Activity] })
  list(@OrgId() orgId: string): Activity[] {
    return this.activity.list(orgId);
  }
}
