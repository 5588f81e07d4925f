import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As a user has it: the built command, for Jest's transforms reach no other process. `pnpm test` builds before. */
const bin = join(import.meta.dirname, '../../bin/connect-auth-server.mjs');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** Without what the engine says of Node.js 20. */
  readonly stderr: string;
}

/** A folder of its own, and the variables that lead there. */
export async function createPlace(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'connect-auth-command-'));
  return { folder, env: { DATA_DIR: join(folder, 'data'), ...env } };
}

/** Runs the command to its end. */
export async function run(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const started = start(args, env);
  const [code] = (await once(started.child, 'close')) as [number | null];
  return { code, ...started.printed() };
}

function start(args: readonly string[], env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (texts.stdout += chunk));
  child.stderr?.on('data', (chunk) => (texts.stderr += chunk));
  return {
    child,
    printed: () => ({ stdout: texts.stdout, stderr: texts.stderr.replace(/^oidc-provider WARNING.*\n/m, '') }),
  };
}

/** Starts `serve`, and resolves when it says where it listens. */
export async function serve(env: Record<string, string>) {
  const started = start(['serve'], env);
  const ended = once(started.child, 'close');
  while (!started.printed().stdout.includes('listens on')) {
    const over = await Promise.race([once(started.child.stdout as NodeJS.ReadableStream, 'data'), ended]);
    if (typeof over[0] === 'number') throw new Error(`ended before it listened: ${JSON.stringify(started.printed())}`);
  }
  return {
    ...started,
    stop: async (): Promise<Ended> => {
      started.child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      return { code, ...started.printed() };
    },
  };
}
