import { AuthorizationServerModule, openAuditLog, optionsFromEnv } from '@connect-auth/authorization-server';
import { Module } from '@nestjs/common';

const options = { AUDIT_LOG: 'audit.jsonl', ...process.env };

/** The authorization server alone. An application of your own would have more modules beside it. */
@Module({
  imports: [
    AuthorizationServerModule.forRoot({
      ...optionsFromEnv(options),
      audit: { operator: [openAuditLog(options, process.stdout)] },
    }),
  ],
})
export class AppModule {}
