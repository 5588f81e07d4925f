import { ConfigurationError } from '@connect-auth/core';
import { openAuditLog } from '../options/audit-log.js';
import { type Environment, optionsFromEnv } from '../options/options-from-env.js';
import { AuthorizationServer } from '../server/authorization-server.js';
import { createLogger } from './logger.js';

/** The part of its process that a command uses. `process` itself is one; a test hands in its own. */
export interface CommandProcess {
  readonly env: Environment;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Takes over the server of `serve` once it listens. Default: it closes on SIGTERM and SIGINT. */
  readonly takeServer?: (server: { close(): Promise<void> }) => void;
}

/** The input of a command. */
export interface CommandCall extends CommandProcess {
  readonly operands: readonly string[];
  /** `--server`: the URL of a running server to call over HTTP. */
  readonly server: string | undefined;
  readonly print: (line: string) => void;
}

/** @throws ConfigurationError for problems that the user can fix */
export type Command = (call: CommandCall) => Promise<void>;

/** Works on the data directly, beside the servers that run on it. */
export async function withServer<Result>(
  { env, stderr }: CommandCall,
  name: string,
  work: (server: AuthorizationServer) => Promise<Result>,
): Promise<Result> {
  // The standard output is reserved for what the command prints.
  const server = await AuthorizationServer.open({
    ...optionsFromEnv(env),
    audit: { operator: [openAuditLog(env, stderr)] },
    logger: createLogger(stderr),
  });
  try {
    return await server.parts.context.audit.as({ actor: { type: 'command', id: name } }, () => work(server));
  } finally {
    await server.close();
  }
}

/** Sends a request to the management API of a running server, with `API_KEY`. */
export async function callServer(call: CommandCall, method: 'GET' | 'POST', path: string): Promise<unknown> {
  const { server = '', env } = call;
  if (!URL.canParse(server)) throw new ConfigurationError('--server', 'must be the URL of a server');
  if (env.API_KEY === undefined) throw new ConfigurationError('API_KEY', 'is needed with --server');
  const response = await fetch(new URL(path, server), {
    method,
    headers: { authorization: `Bearer ${env.API_KEY}` },
  }).catch(() => {
    throw new ConfigurationError('--server', `cannot be reached: ${server}`);
  });
  const answer = (await response.json().catch(() => ({}))) as { message?: string };
  if (!response.ok) {
    throw new ConfigurationError(
      '--server',
      `answered ${response.status}: ${answer.message ?? 'no authorization server'}`,
    );
  }
  return answer;
}
