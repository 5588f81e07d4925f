import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer } from './open-verifier.js';

const root = resolve(import.meta.dirname, '../../../..');
let folder = '';
let child: ChildProcess | undefined;

/** A program of its own, with the sources in one file: in this process the handles of Jest would blur the picture. */
const program = `
import { createVerifier } from './core.mjs';
process.once('message', async ({ options, good, hopeless }) => {
  const verifier = createVerifier(options);
  await verifier.verify(good);
  const waiting = hopeless.map((token) => verifier.verify(token).catch(({ status, reason }) => status + ' ' + reason));
  process.once('message', async () => {
    await verifier.close();
    process.send(await Promise.all(waiting), () => process.disconnect());
  });
});
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-auth-'));
  const source = join(root, 'packages/core/src/index.ts');
  const bundle = ['--bundle', '--platform=node', '--format=esm', `--outfile=${join(folder, 'core.mjs')}`];
  await promisify(execFile)(join(root, 'node_modules/.bin/esbuild'), [source, ...bundle]);
  await writeFile(join(folder, 'program.mjs'), program);
});

afterEach(() => {
  child?.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts the program, lets 50 of its calls hang, closes its verifier, and waits for its end. */
async function runProgram() {
  const { issuer } = await openIssuer({ port: 0, clock: { now: Date.now } });
  const running = fork(join(folder, 'program.mjs'), { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  child = running;
  let printed = '';
  running.stderr?.on('data', (text) => {
    printed += String(text);
  });
  const tooLong = { timeoutMs: 600_000 };
  const introspection = { ...credentialsOf(issuer), ...tooLong };
  issuer.fail('introspection', 'hang');
  running.send({
    options: { issuer: issuer.issuer, audience: issuer.audience, introspection, keys: tooLong },
    good: issuer.token(),
    hopeless: Array.from({ length: 50 }, () => issuer.opaqueToken()),
  });
  await issuer.whenInFlight('introspection', 50);
  running.send('close');
  const [[outcomes], [code, signal]] = await Promise.all([once(running, 'message'), once(running, 'close')]);
  await issuer.whenIdle('introspection');
  return { outcomes, exit: [code, signal], printed };
}

test('R12: a process ends by itself after close(), in the middle of 50 calls that hang', async () => {
  const { outcomes, exit } = await runProgram();
  expect(outcomes).toEqual(Array.from({ length: 50 }, () => '503 introspection'));
  expect(exit).toEqual([0, null]);
});

test('50 calls in flight are not reported as a leak of listeners', async () => {
  expect((await runProgram()).printed).toBe('');
});
