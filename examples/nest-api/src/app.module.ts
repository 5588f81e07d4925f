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
    // Guards every route that is not `@Public()`, with the issuer that `CONNECT_ISSUER` and the others name, and does not
    // start with a route that says nothing about organizations. The health route asks nobody: without `waitForKeys` it
    // would be down until the first token came, and with it the keys.
    ConnectAuthModule.forRootAsync({
      inject: [auditTrail],
      useFactory: (audit: AuditTrail) => ({ realm: 'projects', waitForKeys: true, audit }),
      global: true,
      undeclared: 'deny',
    }),
    // /graphql is no route of Nest, and no guard stands before it: everybody may ask what the schema is. Each query and
    // mutation is guarded. GraphiQL would be served to everybody, too; it is off.
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
    // Outermost: whatever an answer holds, wherever it came from, is looked at last here.
    { provide: APP_INTERCEPTOR, useValue: new OrgEgressInterceptor() },
    { provide: APP_INTERCEPTOR, useValue: new AuthErrorInterceptor({ refusalOf: orgRefusalOf }) },
    { provide: APP_FILTER, useClass: DatabaseDownFilter },
  ],
})
export class AppModule {}
