import { AuthorizationServerModule, openAuditLog, optionsFromEnv } from '@connect-auth/authorization-server';
import { Module } from '@nestjs/common';

const options = { AUDIT_LOG: 'audit.jsonl', ...process.env };

/** The authorization server, and nothing else. An application of yours would have more beside it. */
@Module({
  imports: [
    AuthorizationServerModule.forRoot({ ...optionsFromEnv(options), audit: openAuditLog(options, process.stdout) }),
  ],
})
export class AppModule {}
