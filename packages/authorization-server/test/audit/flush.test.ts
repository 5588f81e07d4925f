import { hurry } from '@connect-auth/test-kit/hurry';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AuditTrail } from '../../src/audit/audit-trail.js';
import type { AuditEvent, AuditSink } from '../../src/index.js';
import type { Storage } from '../../src/storage/storage.js';
import { manage } from '../kit/client.js';
import { openServer } from '../kit/open-server.js';

const never = new Promise<void>(() => {});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('what is still to be handed over', () => {
  const failures: unknown[] = [];

  beforeEach(() => {
    failures.length = 0;
    jest.useFakeTimers();
  });

  const trail = (sink: AuditSink) => {
    const storage = { environmentId: 'default', afterCommit: (task: () => void) => task() } as Storage;
    return new AuditTrail(
      storage,
      { now: () => 0 },
      () => 'event_1',
      sink,
      (error) => void failures.push(error),
    );
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
    const audit = trail(async ({ action }: AuditEvent) => {
      if (action !== 'token.issued') await never;
    });
    for (const action of ['client_secret.created', 'token.issued', 'client_secret.deleted'] as never[]) {
      audit.record({ action });
    }
    const flushing = audit.flush();
    await jest.advanceTimersByTimeAsync(9_999);
    expect([await isOver(flushing), failures]).toEqual([false, []]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await isOver(flushing)).toBe(true);
    expect(failures).toEqual([new Error('2 audit events were not taken in 10000 ms')]);
  });

  test('is waited for no longer than it takes, also where more comes meanwhile; then no timer is left', async () => {
    const released: (() => void)[] = [];
    const audit = trail(() => new Promise((taken) => void released.push(taken)));
    audit.record({ action: 'token.issued' });
    const flushing = audit.flush();
    audit.record({ action: 'token.revoked' } as never);
    released.shift()?.();
    expect(await isOver(flushing)).toBe(false);
    released.shift()?.();
    expect(await isOver(flushing)).toBe(true);
    expect([failures, jest.getTimerCount()]).toEqual([[], 0]);
  });

  test('that the sink refuses is said once for each, and not waited for', async () => {
    const full = new Error('the sink is full');
    const audit = trail(() => Promise.reject(full));
    audit.record({ action: 'token.issued' });
    audit.record({ action: 'token.issued' });
    expect(await isOver(audit.flush())).toBe(true);
    expect(failures).toEqual([full, full]);
  });

  test('where it is nothing, takes no time', async () => {
    expect(await isOver(trail(() => never).flush())).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a server whose sink never takes anything', () => {
  test('closes all the same, says how many events were lost, and closes its storage', async () => {
    const server = await openServer({ audit: () => never });
    for (const name of ['a', 'b']) expect((await manage(server, 'POST', '/organizations', { name })).status).toBe(201);
    const before = [...server.log];
    await hurry(10_000, () => server.app.close());
    const [line, ...others] = server.log.slice(before.length);
    expect(line).toMatch(/^Error: \d+ audit events were not taken in 10000 ms/);
    // Those of the two organizations, and of what was made at the start.
    expect(Number(line?.match(/\d+/)?.[0])).toBeGreaterThanOrEqual(2);
    expect(others).toEqual([]);
    await expect(server.server.parts.context.storage.ping()).rejects.toThrow();
    await server.database?.drop();
  });

  test('is closed once, however often it is told to', async () => {
    const server = await openServer({ audit: () => never });
    await manage(server, 'POST', '/organizations', { name: 'a' });
    const end = jest.spyOn(server.server.parts.context.storage, 'close');
    await hurry(10_000, async () => {
      const closing = server.server.close();
      expect(server.server.close()).toBe(closing);
      await expect(closing).resolves.toBeUndefined();
      await server.app.close();
      expect(server.server.close()).toBe(closing);
    });
    expect(end).toHaveBeenCalledTimes(1);
    expect(server.log.filter((line) => line.includes('were not taken'))).toHaveLength(1);
    await server.database?.drop();
  });
});
