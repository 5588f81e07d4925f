import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

export interface PgBouncer {
  /** The same database as the same user, through a pooler of transactions with three connections. */
  readonly connectionString: string;
  stop(): Promise<void>;
}

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
const command = folders.map((folder) => join(folder, 'pgbouncer')).find((file) => existsSync(file));

/** `describe`, or a skipped one with a line that says why. In CI PgBouncer must be there. */
export function describeOnPgBouncer(
  describe: typeof import('@jest/globals').describe,
  title: string,
): typeof describe | typeof describe.skip {
  if (command !== undefined) return describe;
  if (process.env.CI === 'true') throw new Error('PgBouncer is not installed');
  process.stdout.write(`skipped, since PgBouncer is not installed: ${title}\n`);
  return describe.skip;
}

export async function startPgBouncer(connectionString: string): Promise<PgBouncer> {
  const target = new URL(connectionString);
  const folder = await mkdtemp(join(tmpdir(), 'connect-auth-pgbouncer-'));
  // It must be able to read here as another user.
  await chmod(folder, 0o755);
  const port = await findFreePort();
  await writeFile(join(folder, 'users.txt'), `"${target.username}" ""\n`);
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${target.hostname} port=${target.port || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = 3
server_login_retry = 0
`,
  );
  // As root it refuses to run, and becomes somebody else.
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const server = spawn(command as string, [...user, join(folder, 'pgbouncer.ini')], { stdio: 'ignore' });
  const url = new URL(connectionString);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  await untilItAnswers(url.href, server);
  return {
    connectionString: url.href,
    stop: async () => {
      if (server.exitCode === null) {
        server.kill('SIGKILL');
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilItAnswers(connectionString: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PgBouncer ended with ${server.exitCode}`);
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
