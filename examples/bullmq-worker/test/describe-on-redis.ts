import { describe } from '@jest/globals';
import { Redis } from 'ioredis';

/** `describe`, or a skipped one with a line that says why. In CI Redis must be there. */
export async function describeOnRedis(title: string, tests: () => void): Promise<void> {
  if (await hasRedis()) return describe(title, tests);
  process.stdout.write(`skipped, since there is no Redis at REDIS_URL: ${title}\n`);
  describe.skip(title, tests);
}

async function hasRedis(): Promise<boolean> {
  const connection = new Redis(process.env.REDIS_URL || 'redis://127.0.0.1:6379', {
    lazyConnect: true,
    connectTimeout: 3_000,
    retryStrategy: () => null,
  });
  connection.on('error', () => {}); // The rejected `connect` says it.
  try {
    await connection.connect();
    return true;
  } catch (error) {
    if (process.env.CI) throw error;
    return false;
  } finally {
    connection.disconnect();
  }
}
