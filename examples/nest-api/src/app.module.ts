import type { AuditTrail } from '@connect-auth/audit';
import { AuthErrorInterceptor, ConnectAuthModule, OrgEgressInterceptor } from '@connect-auth/nestjs';
import { orgRefusalOf } from '@connect-auth/postgres';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { HealthModule } from './health/health.module.js';
import { ProjectsModule } from './projects/projects.module.js';
import { DatabaseDownFilter } from './storage/database-down.filter.js';
import { auditTrail, StorageModule } from './storage/storage.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { WhoamiModule } from './whoami/whoami.module.js';

@Module({
  imports: [
    StorageModule,
    // Guards every route that is not `@Public()`, with the issuer of `CONNECT_ISSUER` and its kin, and does not start if a
    // route does not declare its organization. The health route fetches nothing: without `waitForKeys` it would report down
    // until the first token brings the keys.
    ConnectAuthModule.forRootAsync({
      inject: [auditTrail],
      useFactory: (audit: AuditTrail) => ({ realm: 'projects', waitForKeys: true, audit }),
      global: true,
      undeclared: 'deny',
    }),
    // /graphql is not a route of Nest, so that no guard protects it: everybody may read the schema. Each query and mutation
    // is guarded. GraphiQL would be served to everybody, too, and is off.
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      graphiql: false,
      includeStacktraceInErrorResponses: false,
    }),
    HealthModule,
    ProjectsModule,
    TasksModule,
    WhoamiModule,
  ],
  providers: [
    // Outermost, so that it checks the complete answer last, wherever its parts came from.
    { provide: APP_INTERCEPTOR, useValue: new OrgEgressInterceptor() },
    { provide: APP_INTERCEPTOR, useValue: new AuthErrorInterceptor({ refusalOf: orgRefusalOf }) },
    { provide: APP_FILTER, useClass: DatabaseDownFilter },
  ],
})
export class AppModule {}
