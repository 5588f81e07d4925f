import { AsyncResource } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { type Auth } from '@connect-auth/core';
import { admitCaller, recordOf, runInFrame, runInOrgFrame, runWithAuth } from '@connect-auth/core/adapter';
import { currentOrg, findCurrentOrg, OrgContextError, orgKey, orgLoader, withOrg } from '@connect-auth/isolation';
import { afterAll, describe, expect, test } from '@jest/globals';
import DataLoader from 'dataloader';
import { openAuths } from '../../../audit/test/verified-auth.js';

const auths = await openAuths();
afterAll(auths.close);
const [clientA, clientB, userA] = [await auths.client('org_a'), await auths.client('org_b'), await auths.user('org_a')];

/** A table of two organizations that have the same ids, behind what would be row-level security. */
function openTable() {
  const queries: [string | undefined, readonly string[]][] = [];
  const load = async (ids: readonly string[]) => {
    const org = findCurrentOrg();
    queries.push([org, ids]);
    await setImmediate();
    return ids.map((id) => (id === 'none' ? new Error('not found') : `${id} of ${org}`));
  };
  return { queries, make: () => new DataLoader<string, string>(load) };
}

/** A request of somebody, as an adapter opens it. */
const request = <Result>(auth: Auth, work: () => Promise<Result>): Promise<Result> => {
  const incoming = {};
  return runInFrame(recordOf(incoming), async () => {
    admitCaller(recordOf(incoming), auth);
    return await work();
  });
};

test('the trap: a loader that is shared asks for both organizations as the first', async () => {
  const { queries, make } = openTable();
  const shared = make();
  const got = await Promise.all([
    request(clientA, () => shared.load('1')),
    request(clientB, () => shared.load('2')),
    request(clientB, () => shared.load('1')),
  ]);
  expect(got).toEqual(['1 of org_a', '2 of org_a', '1 of org_a']);
  expect(queries).toEqual([['org_a', ['1', '2']]]);
});

test('each request has its own: batched in it, and never with another', async () => {
  const { queries, make } = openTable();
  const projects = orgLoader(make);
  const both = () => Promise.all([projects().load('1'), projects().load('2')]);
  const got = await Promise.all([request(clientA, both), request(clientB, both), request(clientA, both)]);
  expect(got).toEqual([
    ['1 of org_a', '2 of org_a'],
    ['1 of org_b', '2 of org_b'],
    ['1 of org_a', '2 of org_a'],
  ]);
  expect(queries).toEqual([
    ['org_a', ['1', '2']],
    ['org_b', ['1', '2']],
    ['org_a', ['1', '2']],
  ]);
});

test('many organizations that ask for the same ids in one turn: a batch and a memory for each', async () => {
  const { queries, make } = openTable();
  const projects = orgLoader(make);
  const orgs = Array.from({ length: 50 }, (_, at) => `org_${at}`);
  const got = await Promise.all(
    ['1', '2'].flatMap((id) =>
      orgs.map((org) =>
        withOrg(org, async () => {
          const [first] = await Promise.all([projects().load(id), projects().loadMany(['1', '2', 'none'])]);
          return [org, first, await projects().load('1')];
        }),
      ),
    ),
  );
  expect(got).toEqual(['1', '2'].flatMap((id) => orgs.map((org) => [org, `${id} of ${org}`, `1 of ${org}`])));
  expect(queries).toEqual([
    ...orgs.map((org) => [org, ['1', '2', 'none']]),
    ...orgs.map((org) => [org, ['2', '1', 'none']]),
  ]);
});

test('what a request has loaded it remembers, and the next with the same token does not', async () => {
  const { queries, make } = openTable();
  const projects = orgLoader(make);
  const twice = async () => {
    await projects().load('1');
    await setImmediate();
    await projects().load('1');
  };
  await request(clientA, twice);
  await request(clientA, twice);
  expect(queries).toEqual(Array(2).fill(['org_a', ['1']]));
});

test('an error is that of its key', async () => {
  const projects = orgLoader(openTable().make);
  const got = await request(clientA, () => Promise.allSettled([projects().load('1'), projects().load('none')]));
  expect(got.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('each job, and each turn of a loop over organizations, has its own', async () => {
  const { make } = openTable();
  const made: string[] = [];
  const projects = orgLoader(() => {
    made.push(currentOrg());
    return make();
  });
  const job = async () => {
    const first = projects();
    await setImmediate();
    expect(projects()).toBe(first);
    return first.load('1');
  };
  const orgs = ['org_a', 'org_b', 'org_a'];
  expect(await Promise.all(orgs.map((org) => withOrg(org, job)))).toEqual(orgs.map((org) => `1 of ${org}`));
  expect(made).toEqual(orgs);
});

test('two definitions do not share, nor do two callers within one request', async () => {
  const { make } = openTable();
  const [projects, tasks] = [orgLoader(make), orgLoader(make)];
  await request(clientA, async () => {
    expect(projects()).not.toBe(tasks());
    const own = projects();
    await runWithAuth(userA, async () => expect(projects()).not.toBe(own));
    expect(await runWithAuth(clientB, () => projects().load('1'))).toBe('1 of org_b');
    expect(projects()).toBe(own);
  });
});

test('with a token alone, which many messages share, it is good for one turn of the event loop', async () => {
  const { queries, make } = openTable();
  const projects = orgLoader(make);
  const message = () => runWithAuth(clientA, () => Promise.all([projects().load('1'), projects().load('2')]));
  await message();
  await setImmediate();
  await message();
  expect(queries).toEqual(Array(2).fill(['org_a', ['1', '2']]));
});

test('two turns over the wall within one request do not share, though it be for one organization', async () => {
  const projects = orgLoader(openTable().make);
  await request(clientA, async () => {
    const turn = () => runInOrgFrame({ orgId: 'org_b' }, async () => projects());
    expect(await turn()).not.toBe(await turn());
  });
});

describe('a loader that was kept', () => {
  const missing = new OrgContextError('org_context_missing');
  const conflict = new OrgContextError('org_context_conflict');

  test('refuses to load for another organization, or for none', async () => {
    const { queries, make } = openTable();
    const projects = orgLoader(make);
    let kept = make();
    await request(clientA, async () => {
      kept = projects();
      expect(kept.clear('1')).toBe(kept);
      await kept.load('1');
    });
    for (const use of [() => kept.load('1'), () => kept.clear('1')]) {
      await expect(request(clientB, async () => use())).rejects.toThrow(conflict);
      await expect(withOrg('org_b', async () => use())).rejects.toThrow(conflict);
      expect(use).toThrow(conflict);
    }
    expect(await request(clientA, () => kept.load('1'))).toBe('1 of org_a');
    expect(queries).toEqual([['org_a', ['1']]]);
  });

  test('is not had without an organization', () => {
    expect(orgLoader(openTable().make)).toThrow(missing);
  });

  test('refuses each of its methods, also those that were taken from it, and only to others', async () => {
    const { queries, make } = openTable();
    const projects = orgLoader(make);
    let kept = make();
    let { load } = kept;
    await request(clientA, async () => {
      kept = projects();
      ({ load } = kept);
      expect(kept.prime('1', 'primed').clear('2').clearAll().prime('3', 'primed')).toBe(kept);
      expect(await load('3')).toBe('primed');
    });
    const uses: (() => unknown)[] = [
      () => load('3'),
      () => kept.loadMany(['3']),
      () => kept.prime('3', 'of org_b'),
      () => kept.clearAll(),
    ];
    for (const use of uses) {
      await expect(request(clientB, async () => use())).rejects.toThrow(conflict);
      expect(use).toThrow(conflict);
    }
    expect(await request(clientA, () => kept.load('3'))).toBe('primed');
    expect(queries).toEqual([]);
  });

  test('is still the loader that was made', async () => {
    const { make } = openTable();
    const projects = orgLoader(() => Object.assign(make(), { name: 'projects' }));
    await request(clientA, async () => {
      expect(projects()).toBeInstanceOf(DataLoader);
      expect(projects().name).toBe('projects');
    });
  });
});

test('takes a function', () => {
  expect(() => orgLoader({} as never)).toThrow('orgLoader() takes a function that makes a loader');
});

test('what is remembered outside of loaders is as wrong as ever: a promise that two share is of the first', async () => {
  let memoised: Promise<string> | undefined;
  const load = () => {
    memoised ??= (async () => {
      await setImmediate();
      return `1 of ${currentOrg()}`;
    })();
    return memoised;
  };
  const shared = await Promise.all([request(clientA, load), request(clientB, load)]);
  expect(shared).toEqual(['1 of org_a', '1 of org_a']);
  const projects = orgLoader(() => ({ memo: undefined as Promise<string> | undefined }));
  const own = async () => {
    const held = projects();
    held.memo ??= (async () => {
      await setImmediate();
      return `1 of ${currentOrg()}`;
    })();
    return held.memo;
  };
  expect(await Promise.all([request(clientA, own), request(clientB, own)])).toEqual(['1 of org_a', '1 of org_b']);
});

describe('what loaders share is shared by organizations', () => {
  test('a cache: its keys have to begin with the organization', async () => {
    const { make } = openTable();
    const load = (ids: readonly string[]) => make().loadMany(ids);
    const shared = new Map<string, Promise<string>>();
    const careless = orgLoader(() => new DataLoader(load, { cacheMap: shared }));
    const careful = orgLoader(
      () => new DataLoader(load, { cacheMap: shared, cacheKeyFn: (id) => orgKey('project', id) }),
    );
    const ask = (projects: typeof careless) => async () => projects().load('1');
    expect([await request(clientA, ask(careless)), await request(clientB, ask(careless))]).toEqual([
      '1 of org_a',
      '1 of org_a',
    ]);
    expect([await request(clientA, ask(careful)), await request(clientB, ask(careful))]).toEqual([
      '1 of org_a',
      '1 of org_b',
    ]);
  });

  test('a schedule: each batch has to be bound to the frame that it was asked for in', async () => {
    const { make } = openTable();
    const load = (ids: readonly string[]) => make().loadMany(ids);
    const due: (() => void)[] = [];
    const schedule = (run: () => void) => {
      if (due.push(run) === 1) globalThis.setImmediate(() => due.splice(0).map((one) => one()));
    };
    const careless = orgLoader(() => new DataLoader(load, { batchScheduleFn: schedule }));
    const careful = orgLoader(
      () => new DataLoader(load, { batchScheduleFn: (run) => schedule(AsyncResource.bind(run)) }),
    );
    const ask = (projects: typeof careless) => async () => projects().load('1');
    const both = (projects: typeof careless) =>
      Promise.all([request(clientA, ask(projects)), request(clientB, ask(projects))]);
    expect(await both(careless)).toEqual(['1 of org_a', '1 of org_a']);
    expect(await both(careful)).toEqual(['1 of org_a', '1 of org_b']);
  });
});
