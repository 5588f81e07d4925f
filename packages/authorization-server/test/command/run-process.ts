import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { Ended } from './run-command.js';

/** As a user has it: the built command, for Jest's transforms reach no other process. `pnpm test` builds before. */
const bin = join(import.meta.dirname, '../../bin/connect-auth-server.mjs');

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs the command to its end, in a process of its own. */
export async function runProcess(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const started = start(args, env);
  const [code] = (await once(started.child, 'close')) as [number | null];
  return { code, ...started.printed() };
}

function start(args: readonly string[], env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.on('close', () => running.delete(child));
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (texts.stdout += chunk));
  child.stderr?.on('data', (chunk) => (texts.stderr += chunk));
  return {
    child,
    /** Without what the engine says of Node.js 20. */
    printed: () => ({ stdout: texts.stdout, stderr: texts.stderr.replace(/^oidc-provider WARNING.*\n/m, '') }),
  };
}

/** Starts `serve` in a process of its own, and resolves when it says where it listens. */
export async function serveProcess(env: Record<string, string>) {
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
