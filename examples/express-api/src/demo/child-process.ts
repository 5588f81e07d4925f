import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Starts a script of this example as a process of its own, and waits for its first message. */
export async function start(
  script: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(new URL(`../${script}`, import.meta.url), { env: { ...process.env, ...env }, stdio: 'inherit' });
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with code ${code} before it was ready`);
  });
  const [said] = await Promise.race([once(child, 'message'), exited]);
  exited.catch(() => undefined); // Its end is no news from here on.
  return { child, said };
}

/** Ends a process that `start` made, and waits until it is gone. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The port that is wished for, if it is free, else any. */
export async function freePort(wished: number): Promise<number> {
  for (const port of [wished, 0]) {
    const server = createServer();
    const listening = once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.listen(port, '127.0.0.1');
    if (!(await listening)) continue;
    const address = server.address();
    server.close();
    await once(server, 'close');
    if (address !== null && typeof address === 'object') return address.port;
  }
  throw new Error('no port of 127.0.0.1 is free');
}
