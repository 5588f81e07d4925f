import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { main } from '../../src/command/main.js';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Env = Readonly<Record<string, string>>;

/** Runs the command to its end, in this process. */
export async function run(args: readonly string[], env: Env = {}): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  const code = await main(args, {
    env,
    stdout: { write: (text) => (texts.stdout += text) },
    stderr: { write: (text) => (texts.stderr += text) },
  });
  return { code, ...texts };
}

/** The built command, since Jest transforms nothing in another process. `pnpm test` builds before. */
const bin = join(import.meta.dirname, '../../bin/connect-auth-postgres.mjs');

/** The same in a process of its own, as a user runs it. */
export async function runProcess(args: readonly string[], env: Env = {}): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (texts.stdout += chunk));
  child.stderr?.on('data', (chunk) => (texts.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
}
