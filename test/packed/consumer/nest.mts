import {
  AuthorizationServer,
  AuthorizationServerModule,
  type AuthorizationServerOptions,
} from '@connect-auth/authorization-server';
import { type Auth, ConnectAuthModule, CurrentAuth, OrgId, Public, RequireScopes } from '@connect-auth/nestjs';
import { ConnectStrategy, jwksRsaKeys, passportJwtOptions } from '@connect-auth/passport';
import { Controller, Get, Module } from '@nestjs/common';

/** A Nest application, with the types that its packages ship. Type-checked only. */
@Controller('projects')
export class ProjectsController {
  @Get()
  @RequireScopes('projects:read')
  list(@OrgId() orgId: string, @CurrentAuth() auth: Auth) {
    return { orgId, client: auth.clientId };
  }

  @Get('health')
  @Public()
  health() {
    return { up: true };
  }
}

@Module({ imports: [ConnectAuthModule.forRoot({ global: true })], controllers: [ProjectsController] })
export class AppModule {}

export const passport = { ConnectStrategy, jwksRsaKeys, passportJwtOptions };

const options: AuthorizationServerOptions = { issuer: 'https://auth.example.com', storage: { kind: 'pglite' } };

@Module({ imports: [AuthorizationServerModule.forRoot(options)] })
export class AuthModule {
  constructor(readonly server: AuthorizationServer) {}
}
