import { type Auth, CurrentAuth } from '@connect-auth/nestjs';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

@Controller('whoami')
export class WhoamiController {
  /** Nothing is asked for here, and the module's guard stands before it all the same: any good token will do. */
  @Get()
  @ApiOkResponse({ description: 'Who the caller is' })
  tell(@CurrentAuth() { orgId, actor, scopes, verifiedBy }: Auth) {
    return { organization: orgId, actor, scopes: [...scopes], verifiedBy };
  }
}
