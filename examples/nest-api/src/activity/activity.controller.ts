import { RequireClient, RequireOrg, RequireScopes } from '@connect-auth/nestjs';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Activity } from './activity.model.js';
import { ActivityService } from './activity.service.js';

/** The organization's own audit trail, for its systems to collect; not for its users. */
@Controller('activity')
@RequireOrg()
@RequireClient()
@RequireScopes('activity:read')
export class ActivityController {
  constructor(private readonly activity: ActivityService) {}

  @Get()
  @ApiOkResponse({ type: [Activity] })
  list(): Promise<Activity[]> {
    return this.activity.list();
  }
}
