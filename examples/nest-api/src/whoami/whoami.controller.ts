import { type Auth, CurrentAuth, OrgExempt } from '@connect-auth/nestjs';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

@Controller('whoami')
export class WhoamiController {
  /** Requires nothing itself; the module's guard applies nevertheless, so that any valid token will do. */
  @Get()
  @OrgExempt('tells callers who they are, and has no data of any organization')
  @ApiOkResponse({ description: 'Who the caller is' })
  tell(@CurrentAuth() { orgId, actor, scopes, verifiedBy }: Auth) {
    return { organization: orgId, actor, scopes: [...scopes], verifiedBy };
  }
}
