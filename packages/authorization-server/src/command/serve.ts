import { ConfigurationError } from '@connect-auth/core';
import { NestFactory } from '@nestjs/core';
import { AuthorizationServerModule } from '../module/authorization-server.module.js';
import { openAuditLog } from '../options/audit-log.js';
import { type Environment, listenAddressFromEnv, optionsFromEnv } from '../options/options-from-env.js';
import { applySeed } from '../seed/apply-seed.js';
import { describeSeed } from '../seed/describe-seed.js';
import { readSeedFile } from '../seed/seed-file.js';
import { AuthorizationServer } from '../server/authorization-server.js';
import type { Command } from './command.js';
import { createLogger } from './logger.js';

/** `serve`: runs until SIGTERM or SIGINT. The audit trail goes to the standard output, or to the file `AUDIT_LOG`. */
export const serve: Command = async ({ env, print, stdout, stderr, takeServer }) => {
  const { host, port } = listenAddressFromEnv(env);
  const seed = env.SEED_FILE ? await readSeedFile(env.SEED_FILE) : undefined;
  const audit = { operator: [openAuditLog(env, stdout)] };
  const server = await AuthorizationServer.open({ ...optionsFromEnv(env), audit, logger: createLogger(stderr) });
  const app = await NestFactory.create(AuthorizationServerModule.forServer(server), { logger: false });
  try {
    if (seed !== undefined) print(describeSeed(await applySeed(server, seed)));
    if (takeServer === undefined) app.enableShutdownHooks();
    await app.listen(port, host);
    print(describeServer(server, env, `http://${host}:${port}`));
    takeServer?.(app);
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new ConfigurationError('PORT', `${port} is in use on ${host}`);
  }
};

function describeServer(server: AuthorizationServer, env: Environment, address: string): string {
  const where = env.DATABASE_URL ? 'PostgreSQL' : `PGlite in ${env.DATA_DIR || '.connect-auth'}`;
  const lines = [
    `The authorization server ${server.issuer} listens on ${address}`,
    `  storage              ${where}`,
    `  audience of tokens   ${server.environmentClientId}`,
  ];
  if (env.API_KEY) lines.push('  API_KEY opens the management API: for development only');
  return lines.join('\n');
}
