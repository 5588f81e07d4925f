import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll } from '@jest/globals';
import { main } from '../../src/command/main.js';
import { withMigratedPglite } from '../kit/migrated-pglite.js';

/** How a command ended, or how it stands. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const cleanUps: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A folder of its own, and the variables that lead there. */
export async function createPlace(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'connect-auth-command-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return { folder, env: { DATA_DIR: join(folder, 'data'), ...env } };
}

/** Runs the command to its end, in this process. */
export async function run(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const { stdout, stderr, printed } = createStreams();
  const takeServer = (server: { close(): Promise<void> }) => void cleanUps.push(() => server.close());
  const code = await withMigratedPglite(() => main(args, { env, stdout, stderr, takeServer }));
  return { code, ...printed() };
}

/** Starts `serve` in this process, and resolves when it listens. */
export async function serve(env: Record<string, string>) {
  const { stdout, stderr, printed } = createStreams();
  let server: { close(): Promise<void> } | undefined;
  const takeServer = (taken: typeof server) => {
    server = taken;
  };
  const code = await withMigratedPglite(() => main(['serve'], { env, stdout, stderr, takeServer }));
  const stop = async (): Promise<Ended> => {
    await server?.close();
    server = undefined;
    return { code, ...printed() };
  };
  if (server === undefined) throw new Error(`ended before it listened: ${JSON.stringify(printed())}`);
  cleanUps.push(stop);
  return { printed, stop };
}

function createStreams() {
  const texts = { stdout: '', stderr: '' };
  const into = (name: keyof typeof texts) =>
    new Writable({
      write: (chunk, _encoding, written) => {
        texts[name] += chunk;
        written();
      },
    });
  return { stdout: into('stdout'), stderr: into('stderr'), printed: () => ({ ...texts }) };
}
