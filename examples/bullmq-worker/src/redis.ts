import { Redis } from 'ioredis';

/** A connection to where the queue is: `REDIS_URL`, by default this machine. Null retries are what BullMQ asks for. */
export const openRedis = (url = process.env.REDIS_URL || 'redis://127.0.0.1:6379'): Redis =>
  new Redis(url, { maxRetriesPerRequest: null });
