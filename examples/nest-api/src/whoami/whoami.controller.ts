import { type Auth, CurrentAuth, OrgExempt } from '@connect-auth/nestjs';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

@Controller('whoami')
export class WhoamiController {
  /** Nothing is asked for here, and the module's guard stands before it all the same: any good token will do. */
  @Get()
  @OrgExempt('tells callers who they are, and has no data of any organization')
  @ApiOkResponse({ description: 'Who the caller is' })
  tell(@CurrentAuth() { orgId, actor, scopes, verifiedBy }: Auth) {
    return { organization: orgId, actor, scopes: [...scopes], verifiedBy };
  }
}
