import { type Auth } from '@connect-auth/core';
import { admitCaller, recordOf } from '@connect-auth/core/adapter';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Inject,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { ClientId, ConnectAuthModule, ConnectAuthVerifier, CurrentAuth, OrgId, UserId } from '../../src/index.js';
import { answerOf, orgRequired, wrongActor } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

let world: OpenIssuer;
let token: string;
beforeAll(async () => {
  world = await openIssuer();
});

/** A guard of another kind that verified the caller and said so, as `AuthGuard('connect')` of Passport does. */
@Injectable()
class OtherGuard implements CanActivate {
  constructor(@Inject(ConnectAuthVerifier) private readonly verifier: ConnectAuthVerifier) {}

  async canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest<{ raw?: object }>();
    admitCaller(recordOf(request.raw ?? request), await this.verifier.verify(token));
    return true;
  }
}

const reached: unknown[] = [];

@Controller()
@UseGuards(OtherGuard)
class RootController {
  @Get('org')
  org(@OrgId() orgId: string) {
    reached.push(orgId);
  }

  @Get('user')
  user(@UserId() userId: string) {
    reached.push(userId);
  }

  @Get('client')
  client(@ClientId() clientId: string) {
    reached.push(clientId);
  }

  @Get('auth')
  auth(@CurrentAuth() auth: Auth) {
    reached.push(auth.subject);
  }
}

describe.each(platforms)('%s', (platform) => {
  test('behind a guard that did not look at what parameters need, who has no value is refused all the same', async () => {
    const imports = [ConnectAuthModule.forRoot(world.trust())];
    const { http } = await openNest(platform, { imports, controllers: [RootController] });
    reached.length = 0;
    token = world.issuer.token({ client: 'client_7', org: null, omit: ['client_id'], user: 'user_7' });
    expect(answerOf(await http.get('/org'))).toEqual(orgRequired);
    expect(answerOf(await http.get('/client'))).toEqual(wrongActor);
    token = world.issuer.token({ client: 'client_7', org: 'org_B' });
    expect(answerOf(await http.get('/user'))).toEqual(wrongActor);
    expect(reached).toEqual([]);
    for (const path of ['/org', '/client', '/auth']) await http.get(path).expect(200);
    expect(reached).toEqual(['org_B', 'client_7', 'client_7']);
  });
});
