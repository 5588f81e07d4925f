import { Redis } from 'ioredis';

/** Connects to the Redis of the queue: `REDIS_URL`, by default this machine. BullMQ requires `maxRetriesPerRequest: null`. */
export const openRedis = (url = process.env.REDIS_URL || 'redis://127.0.0.1:6379'): Redis =>
  new Redis(url, { maxRetriesPerRequest: null });
