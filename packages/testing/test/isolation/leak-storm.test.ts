import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as yieldTurn } from 'node:timers/promises';
import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import express from 'express';
import { LeakStormError, leakStorm, type SeededOrg } from '../../src/isolation.js';

const orgs: readonly SeededOrg[] = Array.from({ length: 5 }, (_, at) => ({
  id: `org_${at}`,
  canary: `canary-of-${at}`,
  token: `token-${at}`,
}));
const canaryOf = (id: string | undefined) => orgs.find((org) => org.id === id)?.canary;

describe('an operation', () => {
  test('that keeps to its context is survived, with every error counted', async () => {
    const context = new AsyncLocalStorage<string>();
    const operation = ({ id }: SeededOrg, turn: number) =>
      context.run(id, async () => {
        await yieldTurn();
        if (turn % 10 === 0) throw new Error(`failed for ${canaryOf(context.getStore())}`);
        return { rows: [{ nested: canaryOf(context.getStore()) }] };
      });
    await expect(leakStorm({ orgs, operation, operations: 500, concurrency: 20 })).resolves.toEqual({
      operations: 500,
      completed: 450,
      failed: 50,
      aborted: 0,
      ownSeen: 500,
      leaks: [],
    });
  });

  test('that keeps its organization in a variable of all is found out', async () => {
    let current = '';
    const operation = async ({ id }: SeededOrg) => {
      current = id;
      await yieldTurn();
      return canaryOf(current);
    };
    const error: unknown = await leakStorm({ orgs, operation, operations: 500 }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(LeakStormError);
    expect((error as LeakStormError).report.leaks.length).toBeGreaterThan(100);
    expect((error as Error).message).toMatch(
      /^\d+ of 500 operations leaked; the first: org_\d was shown what is org_\d's/,
    );
  });

  test('that leaks in its errors only is found out', async () => {
    const operation = async ({ id }: SeededOrg) => {
      if (id === 'org_3') throw new Error('at work', { cause: { row: canaryOf('org_1') } });
      return canaryOf(id);
    };
    await expect(leakStorm({ orgs, operation, operations: 10 })).rejects.toThrow('org_3 was shown what is org_1');
  });

  test('that shows nothing proves nothing', async () => {
    const operation = async ({ id }: SeededOrg) => (id === 'org_2' ? {} : canaryOf(id));
    await expect(leakStorm({ orgs, operation, operations: 50 })).rejects.toThrow(
      'nothing is proven: org_2 never saw its own canary (50 completed, 0 failed)',
    );
  });
});

describe('an application', () => {
  /** One that works for a while, also for clients that have gone. */
  function openShop(rememberOrg: (id: string) => () => string | undefined) {
    const app = express();
    let served = 0;
    app.get('/stock', async (request, response) => {
      const recall = rememberOrg(`org_${request.headers.authorization?.at(-1)}`);
      await yieldTurn();
      served += 1;
      response.json({ stock: canaryOf(recall()) });
    });
    return { app, served: () => served };
  }
  const requests = [{ path: '/stock' }];

  test('is survived, whether or not its clients wait', async () => {
    const { app, served } = openShop((id) => () => id);
    const report = await leakStorm({ app, orgs, requests, operations: 300, concurrency: 20, abortEvery: 7 });
    expect(report).toEqual({ operations: 300, completed: 258, failed: 0, aborted: 42, ownSeen: 258, leaks: [] });
    expect(served()).toBeGreaterThanOrEqual(258);
  });

  test('that remembers its first answer for everyone is found out', async () => {
    let first: string | undefined;
    const { app } = openShop((id) => {
      first ??= id;
      return () => first;
    });
    await expect(leakStorm({ app, orgs, requests, operations: 60 })).rejects.toThrow(/operations leaked/);
  });
});

test.each([
  ['orgs must be a list of two or more', { orgs: orgs.slice(1, 2), operation: () => '' }],
  ['operation or `app` must be given', { orgs }],
  ['operation or `app` must be given', { orgs, operation: () => '', app: express() }],
  ['requests must be a list of requests', { orgs, app: express() }],
  ['abortEvery is for `app`', { orgs, operation: () => '', abortEvery: 3 }],
  ['concurrency must be a whole number', { orgs, operation: () => '', concurrency: 0 }],
  ['concurency is not an option', { orgs, operation: () => '', concurency: 1 }],
  [
    'orgs[0] must have an id and a canary',
    { orgs: [...orgs, orgs[0] as SeededOrg].map((o) => ({ ...o })), operation: () => '' },
  ],
  ['orgs[0].canary must have 8', { orgs: [{ id: 'x', canary: 'short' }, orgs[0] as SeededOrg], operation: () => '' }],
])('%s', async (message, options) => {
  const error: unknown = await leakStorm(options).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect((error as Error).message).toContain(message);
});
