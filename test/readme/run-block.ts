import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@connect-auth/test-kit/free-port';
import type { createTestIssuer } from '@connect-auth/testing';
import type { BlockModule } from './block-modules.js';
import type { Probe } from './listening-blocks.js';

type TestIssuer = Awaited<ReturnType<typeof createTestIssuer>>;

/** A limit for what hangs: PGlite takes its time. */
const timeLimitMs = 60_000;

export const listens = (block: { text: string }) => /\.listen\(/.test(block.text);

/** Runs a block that ends by itself. Gives its exit code (or the signal that ended it) and what it printed. */
export async function runToEnd(block: BlockModule, issuer: TestIssuer) {
  const running = start(block, issuer, await freePort());
  const timer = setTimeout(() => running.child.kill('SIGKILL'), timeLimitMs);
  const [code, signal] = await running.ended;
  clearTimeout(timer);
  return { ended: code ?? signal, output: running.output() };
}

/** Runs a block that listens on PORT, asks it what the probes say, and ends it. Gives one answer a probe. */
export async function runAndProbe(block: BlockModule, issuer: TestIssuer, probes: Probe[]) {
  const port = await freePort();
  const running = start(block, issuer, port);
  try {
    await untilListening(port, running);
    const answers = [];
    for (const { request, token } of probes) {
      const [method = 'GET', path = '/'] = request.split(' ');
      const headers = token ? { authorization: `Bearer ${await issuer.token(token)}` } : {};
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
      await response.text();
      answers.push({ status: response.status, challenge: response.headers.get('www-authenticate') });
    }
    return answers;
  } finally {
    running.child.kill('SIGTERM');
    await running.ended;
  }
}

function start(block: BlockModule, issuer: TestIssuer, port: number) {
  const child = spawn(process.execPath, [block.script], {
    // What a block writes, it writes where nobody misses it.
    cwd: mkdtempSync(join(tmpdir(), 'readme-')),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      CONNECT_ISSUER: issuer.issuer,
      CONNECT_AUDIENCE: issuer.audience,
      CONNECT_CLIENT_ID: issuer.client.clientId,
      CONNECT_CLIENT_SECRET: issuer.client.clientSecret,
      PORT: String(port),
    },
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  return { child: child as ChildProcess, ended, output: () => printed };
}

async function untilListening(port: number, running: ReturnType<typeof start>) {
  const deadline = Date.now() + timeLimitMs;
  while (!(await accepts(port))) {
    const { exitCode, signalCode } = running.child;
    if (exitCode !== null || signalCode !== null) throw new Error(`ended before it listened:\n${running.output()}`);
    if (Date.now() > deadline) throw new Error(`does not listen on PORT:\n${running.output()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => done(true));
    socket.on('error', () => done(false));
    socket.on('connect', () => socket.destroy());
  });
}
