import { AsyncResource } from 'node:async_hooks';
import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { currentOrg, findCurrentOrg, OrgContextError, orgKey, withOrg } from '../../src/index.js';

/** A query as query builders make them: nothing is run before somebody awaits it, and it is run where that is done. */
class LazyQuery {
  // biome-ignore lint/suspicious/noThenProperty: that is what a query builder is.
  readonly then = (done: (orgId: unknown) => void) => done(findCurrentOrg());
}
const lazyQuery = () => new LazyQuery() as unknown as Promise<unknown>;

/** A database that is told the organization with each query, and answers with whose rows it would give. */
const query = async () => {
  await setImmediate();
  return currentOrg();
};

const conflict = new OrgContextError('org_context_conflict');
const missing = new OrgContextError('org_context_missing');

describe('a query that is only run when it is awaited', () => {
  test('runs in the frame that it was made in', async () => {
    expect(await withOrg('org_A', lazyQuery)).toBe('org_A');
    expect(await withOrg('org_A', () => withOrg('org_A', lazyQuery))).toBe('org_A');
    expect(await withOrg('org_A', async () => lazyQuery())).toBe('org_A');
  });

  test('and that was carried out of its frame, runs without an organization', async () => {
    const carried = await withOrg('org_A', async () => [lazyQuery()]);
    expect(await carried[0]).toBeUndefined();
  });

  test('runs in its own frame, where several are awaited together', async () => {
    const orgIds = ['org_A', 'org_B', 'org_C'];
    expect(await Promise.all(orgIds.map((orgId) => withOrg(orgId, lazyQuery)))).toEqual(orgIds);
  });
});

describe('a listener', () => {
  test('runs for whoever emits: work for its own organization is refused there', async () => {
    const bus = new EventEmitter();
    const heard: Promise<unknown>[] = [];
    await withOrg('org_A', async () => {
      const own = currentOrg();
      bus.on('saved', () => heard.push(withOrg(own, query).catch((error: unknown) => error)));
    });
    await withOrg('org_B', async () => bus.emit('saved'));
    expect(await Promise.all(heard)).toEqual([conflict]);
  });

  test('runs without an organization where it is emitted outside, and withOrg is right there', async () => {
    const bus = new EventEmitter();
    const heard: unknown[] = [];
    await withOrg('org_A', async () => {
      bus.on('saved', () => heard.push(findCurrentOrg(), withOrg('org_A', query)));
    });
    bus.emit('saved');
    expect(await Promise.all(heard)).toEqual([undefined, 'org_A']);
  });

  test('that is bound, or awaited, runs for whoever listens', async () => {
    const bus = new EventEmitter();
    const heard: unknown[] = [];
    const awaiting = withOrg('org_A', async () => {
      bus.on(
        'saved',
        AsyncResource.bind(() => heard.push(currentOrg())),
      );
      await once(bus, 'saved');
      return currentOrg();
    });
    await withOrg('org_B', async () => bus.emit('saved'));
    expect([heard, await awaiting]).toEqual([['org_A'], 'org_A']);
  });
});

describe('a promise that two organizations wait for', () => {
  test('was made for the first of them: a key with the organization in it keeps them apart', async () => {
    const pending = new Map<string, Promise<string>>();
    const remembered = (key: string) => {
      const found = pending.get(key) ?? query();
      pending.set(key, found);
      return found;
    };
    const both = (key: () => string) =>
      Promise.all(['org_A', 'org_B'].map((orgId) => withOrg(orgId, async () => remembered(key()))));
    expect(await both(() => 'report')).toEqual(['org_A', 'org_A']);
    expect(await both(() => orgKey('report'))).toEqual(['org_A', 'org_B']);
    expect(() => orgKey('report')).toThrow(missing);
  });

  test('leaves each of them in its own frame once it is there', async () => {
    const shared = withOrg('org_A', query);
    const after = ['org_A', 'org_B'].map((orgId) =>
      withOrg(orgId, async () => {
        await shared;
        return currentOrg();
      }),
    );
    expect(await Promise.all(after)).toEqual(['org_A', 'org_B']);
  });
});

describe('a worker in memory', () => {
  /** Takes jobs until it is told to stop. */
  async function workOff(jobs: AsyncIterable<string>, done: unknown[]) {
    for await (const orgId of jobs) {
      done.push(await withOrg(orgId, query).catch((error: unknown) => error));
    }
  }
  async function* jobsOf(...orgIds: string[]) {
    for (const orgId of orgIds) {
      await setImmediate();
      yield orgId;
    }
  }

  test('that is started outside of every frame works for the organization of each job', async () => {
    const done: unknown[] = [];
    await workOff(jobsOf('org_A', 'org_B', 'org_A'), done);
    expect(done).toEqual(['org_A', 'org_B', 'org_A']);
  });

  test('that the first request has started, stays in its frame: the jobs of others are refused', async () => {
    const done: unknown[] = [];
    await withOrg('org_A', () => workOff(jobsOf('org_A', 'org_B', 'org_A'), done));
    expect(done).toEqual(['org_A', conflict, 'org_A']);
  });

  test('with a timer that was set in a frame stays in it as well', async () => {
    const done: unknown[] = [];
    await withOrg('org_A', async () => {
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          done.push(findCurrentOrg());
          resolve();
        }, 0);
      });
    });
    expect(done).toEqual(['org_A']);
  });
});

describe('a callback that waits in the queue of a pool', () => {
  /** Hands its one connection from one to the next as pools do: from within the work of whoever gives it back. */
  function createPool() {
    const waiting: (() => void)[] = [];
    let isBusy = false;
    const release = () => {
      const next = waiting.shift();
      if (next === undefined) isBusy = false;
      else next();
    };
    return (callback: (orgId: unknown) => void) => {
      const run = () => {
        callback(findCurrentOrg());
        queueMicrotask(release);
      };
      if (isBusy) waiting.push(run);
      else {
        isBusy = true;
        queueMicrotask(run);
      }
    };
  }

  test('is called for another organization; awaited, each goes on for its own', async () => {
    const pool = createPool();
    const called: unknown[] = [];
    const orgIds = ['org_A', 'org_B', 'org_C'];
    const after = await Promise.all(
      orgIds.map((orgId) =>
        withOrg(orgId, async () => {
          called.push(await new Promise((resolve) => pool(resolve)));
          return currentOrg();
        }),
      ),
    );
    expect(called).toEqual(['org_A', 'org_A', 'org_A']);
    expect(after).toEqual(orgIds);
  });

  test('is refused what it wants to do for its own', async () => {
    const pool = createPool();
    const work = (orgId: string) =>
      withOrg(
        orgId,
        () => new Promise((resolve) => pool(() => resolve(withOrg(orgId, query).catch((error: unknown) => error)))),
      );
    expect(await Promise.all(['org_A', 'org_B', 'org_C'].map(work))).toEqual(['org_A', conflict, conflict]);
  });
});
