import { ConnectAuthModule } from '@connect-auth/nestjs';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { HealthModule } from './health/health.module.js';
import { ProjectsModule } from './projects/projects.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { WhoamiModule } from './whoami/whoami.module.js';

@Module({
  imports: [
    // Guards every route that is not `@Public()`, with the issuer that `CONNECT_ISSUER` and the others name. The health route
    // asks nobody: without `waitForKeys` it would be down until the first token came, and with it the keys.
    ConnectAuthModule.forRoot({ realm: 'projects', waitForKeys: true, global: true }),
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
})
export class AppModule {}
