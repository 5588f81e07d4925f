import type { AuditEvent, AuditSink, AuditTrailOptions } from '@connect-auth/audit';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { openTrail } from '../../src/audit/open-trail.js';
import { describeError } from '../../src/storage/describe-error.js';
import type { Storage } from '../../src/storage/storage.js';
import { manage } from '../kit/client.js';
import { openServer } from '../kit/open-server.js';

const never = new Promise<void>(() => {});

/** One event at a time. */
const sinkOf = (take: (event: AuditEvent) => unknown): AuditSink => ({
  name: 'sink',
  maxBatch: 1,
  write: async ([event]) => void (await take(event as AuditEvent)),
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('what is still to be handed over', () => {
  const failures: string[] = [];

  beforeEach(() => {
    failures.length = 0;
    jest.useFakeTimers();
  });

  const open = (take: (event: AuditEvent) => unknown, options: AuditTrailOptions = {}) => {
    const report = (error: unknown) => void failures.push(describeError(error).split('\n')[0] as string);
    const { trail, close } = openTrail({ operator: [sinkOf(take)], ...options }, { now: () => 0 }, report);
    const storage = { environmentId: 'default', afterCommit: (task: () => void) => task() } as Storage;
    return { audit: new AuditRecorder(storage, trail, report), close, stats: () => trail?.stats() };
  };

  /** Whether it is over, as soon as all that can happen now has happened. */
  async function isOver(work: Promise<void>): Promise<boolean> {
    let over = false;
    void work.then(() => {
      over = true;
    });
    await jest.advanceTimersByTimeAsync(0);
    return over;
  }

  test('is waited for ten seconds, and then it is said how much was lost', async () => {
    const taken: string[] = [];
    const { audit, close } = open(async ({ action }) => {
      if (action !== 'token.issued') await never;
      taken.push(action);
    });
    for (const action of ['token.issued', 'client_secret.created', 'client_secret.deleted'] as const) {
      audit.record({ action });
    }
    const closing = close();
    await jest.advanceTimersByTimeAsync(9_999);
    expect([await isOver(closing), failures]).toEqual([false, []]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await isOver(closing)).toBe(true);
    expect(taken).toEqual(['token.issued']);
    expect(failures).toEqual([
      'AuditSinkError: the audit sink "sink" did not take 2 events, because of Error: the audit trail was closed',
    ]);
  });

  test('is waited for no longer than it takes; then no timer is left, and what comes later is said to be lost', async () => {
    const released: (() => void)[] = [];
    const { audit, close, stats } = open(() => new Promise<void>((taken) => void released.push(taken)));
    audit.record({ action: 'token.issued' });
    audit.record({ action: 'token.revoked' });
    await jest.advanceTimersByTimeAsync(0);
    const closing = close();
    released.shift()?.();
    expect(await isOver(closing)).toBe(false);
    released.shift()?.();
    expect(await isOver(closing)).toBe(true);
    expect([failures, jest.getTimerCount()]).toEqual([[], 0]);

    audit.record({ action: 'token.issued' });
    expect(stats()).toMatchObject({ written: 2, dropped: 1, queued: 0 });
    expect(failures).toEqual([expect.stringMatching(/^AuditSinkError: the audit sink "sink" did not take 1 event, /)]);
  });

  test('that the sink refuses is tried again three times, said once for each, and then not waited for', async () => {
    let attempts = 0;
    const { audit, close } = open(() => {
      attempts += 1;
      throw new Error('the sink is full');
    });
    audit.record({ action: 'token.issued' });
    audit.record({ action: 'token.issued' });
    const closing = close();
    await jest.advanceTimersByTimeAsync(2_800); // Twice 200, 400 and 800 ms.
    expect(await isOver(closing)).toBe(true);
    expect(attempts).toBe(8);
    const said = 'AuditSinkError: the audit sink "sink" did not take 1 event, because of Error: the sink is full';
    expect(failures).toEqual([said, said]);
  });

  test('where it is nothing, takes no time', async () => {
    expect(await isOver(open(() => never).close())).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('is bounded: what a sink has no room for is counted, and said when it is over', async () => {
    const taken: AuditEvent[] = [];
    let letGo = () => {};
    const opened = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { audit, close, stats } = open(
      async (event) => {
        await opened;
        taken.push(event);
      },
      { queue: { capacity: 2 } },
    );
    for (let at = 0; at < 5; at += 1) audit.record({ action: 'token.issued' });
    expect(stats()).toMatchObject({ queued: 2, dropped: 3 });
    expect(failures).toHaveLength(1);
    letGo();
    expect(await isOver(close())).toBe(true);
    expect(taken.map(({ action, dropped }) => [action, dropped?.count])).toEqual([
      ['token.issued', undefined],
      ['token.issued', undefined],
      ['audit.dropped', 3],
    ]);
  });
});

describe('a server whose sink never takes anything', () => {
  /** Ten seconds are over at once; all other times are as they are. */
  function hurry(): void {
    const { setTimeout } = globalThis;
    const hurried = (task: () => void, ms?: number) => setTimeout(task, ms === 10_000 ? 0 : ms);
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(hurried as never);
  }

  const patient = { operator: [sinkOf(() => never)], sinkTimeoutMs: 600_000 };

  test('closes all the same, says how many events were lost, and closes its storage', async () => {
    const server = await openServer({ audit: patient });
    for (const name of ['a', 'b']) expect((await manage(server, 'POST', '/organizations', { name })).status).toBe(201);
    const before = [...server.log];
    hurry();
    await server.app.close();
    const [line, ...others] = server.log.slice(before.length);
    expect(line).toMatch(/^AuditSinkError: the audit sink "sink" did not take \d+ events/);
    // Those of the two organizations, and of what was made at the start.
    expect(Number(line?.match(/\d+/)?.[0])).toBeGreaterThanOrEqual(2);
    expect(others).toEqual([]);
    await expect(server.server.parts.context.storage.ping()).rejects.toThrow();
    await server.database?.drop();
  });

  test('is closed once, however often it is told to', async () => {
    const server = await openServer({ audit: patient });
    await manage(server, 'POST', '/organizations', { name: 'a' });
    const end = jest.spyOn(server.server.parts.context.storage, 'close');
    hurry();
    const closing = server.server.close();
    expect(server.server.close()).toBe(closing);
    await expect(closing).resolves.toBeUndefined();
    await server.app.close();
    expect(server.server.close()).toBe(closing);
    expect(end).toHaveBeenCalledTimes(1);
    expect(server.log.filter((line) => line.includes('did not take'))).toHaveLength(1);
    await server.database?.drop();
  });
});
