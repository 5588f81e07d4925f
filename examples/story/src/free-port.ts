import { once } from 'node:events';
import { createServer } from 'node:net';

/** Returns the preferred port if it is free, else any other. */
export async function freePort(wished: number): Promise<number> {
  for (const port of [wished, 0]) {
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const { port: found } = probe.address() as { port: number };
    await new Promise((closed) => probe.close(closed));
    return found;
  }
  throw new Error('no port of 127.0.0.1 is free');
}
