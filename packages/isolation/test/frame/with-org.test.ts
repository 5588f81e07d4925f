import { setImmediate } from 'node:timers/promises';
import { ConfigurationError, currentAuth } from '@connect-auth/core';
import { admitCaller, recordOf, runInFrame, runWithAuth, runWithoutAuth } from '@connect-auth/core/adapter';
import { describe, expect, test } from '@jest/globals';
import { currentOrg, findCurrentOrg, OrgContextError, withOrg } from '../../src/index.js';
import { callerOf, callerWithoutOrg } from './caller.js';

const missing = new OrgContextError('org_context_missing');
const conflict = new OrgContextError('org_context_conflict');
const read = async () => currentOrg();

describe('outside of every frame', () => {
  test('there is no organization, and none is assumed', () => {
    expect(findCurrentOrg()).toBeUndefined();
    expect(() => currentOrg()).toThrow(missing);
  });

  test('the error says what to do, and names no organization', async () => {
    const error = await withOrg('org_A', () => withOrg('org_B', read)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OrgContextError);
    expect(error).toMatchObject({ name: 'OrgContextError', code: 'org_context_conflict' });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/org_[AB]/);
  });
});

describe('withOrg', () => {
  test('is the organization of the work, after every kind of wait, and of nothing behind it', async () => {
    const seen = await withOrg('org_A', async () => {
      const orgIds = [currentOrg()];
      await null;
      orgIds.push(currentOrg());
      await setImmediate();
      orgIds.push(currentOrg());
      orgIds.push(...(await Promise.all([read(), setImmediate().then(() => currentOrg())])));
      orgIds.push(await new Promise<never>((resolve) => process.nextTick(() => resolve(currentOrg() as never))));
      return orgIds;
    });
    expect(seen).toEqual(Array(6).fill('org_A'));
    expect(findCurrentOrg()).toBeUndefined();
  });

  test('resolves and rejects with what the work does, and leaves no frame behind', async () => {
    const bug = new Error('bug');
    await expect(withOrg('org_A', async () => 7)).resolves.toBe(7);
    await expect(withOrg('org_A', () => Promise.reject(bug))).rejects.toBe(bug);
    await expect(
      withOrg('org_A', () => {
        throw bug;
      }),
    ).rejects.toBe(bug);
    expect(findCurrentOrg()).toBeUndefined();
  });

  test('for the same organization within it changes nothing', async () => {
    const seen = await withOrg('org_A', () =>
      withOrg('org_A', async () => [await read(), await withOrg('org_A', read)]),
    );
    expect(seen).toEqual(['org_A', 'org_A']);
  });

  test('for another organization within it is refused before any work, and the outer one stays', async () => {
    let begun = 0;
    const after = await withOrg('org_A', async () => {
      await expect(withOrg('org_B', async () => (begun += 1))).rejects.toThrow(conflict);
      await expect(withOrg('org_a', async () => (begun += 1))).rejects.toThrow(conflict);
      return currentOrg();
    });
    expect([after, begun]).toEqual(['org_A', 0]);
  });

  test.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a blank', 'org A'],
    ['a list', ['org_A']],
  ])('for %s is refused before any work', async (_what, orgId) => {
    let begun = 0;
    const doing = withOrg(orgId as string, async () => (begun += 1));
    await expect(doing).rejects.toThrow(ConfigurationError);
    expect(begun).toBe(0);
  });

  test.each([undefined, null, 'work', Promise.resolve(7)])(
    'with %p in the place of the work is refused',
    async (work) => {
      await expect(withOrg('org_A', work as never)).rejects.toThrow(
        new ConfigurationError('withOrg()', 'takes an async function'),
      );
    },
  );

  test('with a function that is not async awaits what it gives, and asks the compiler for a promise', async () => {
    // @ts-expect-error: no promise
    await expect(withOrg('org_A', () => currentOrg())).resolves.toBe('org_A');
    expect(findCurrentOrg()).toBeUndefined();
  });

  test('takes a reason, and no option of another name', async () => {
    await expect(withOrg('org_A', read, { reason: 'job:reindex' })).resolves.toBe('org_A');
    await expect(withOrg('org_A', read, { reson: 'job:reindex' } as never)).rejects.toThrow(ConfigurationError);
  });

  test('is never for an organization that its options name', async () => {
    const seen = await withOrg('org_A', read, { orgId: 'org_B' } as never).catch(() => 'refused');
    expect(['org_A', 'refused']).toContain(seen);
  });
});

describe('of a verified caller', () => {
  test('the organization is the one of its token', () => {
    expect(runWithAuth(callerOf('org_A'), currentOrg)).toBe('org_A');
  });

  test('withOrg changes nothing for its own organization, and the caller stays known', async () => {
    const seen = await runWithAuth(callerOf('org_A'), () =>
      withOrg('org_A', async () => [currentOrg(), currentAuth().orgId]),
    );
    expect(seen).toEqual(['org_A', 'org_A']);
  });

  test('withOrg for another organization is refused before any work', async () => {
    let begun = 0;
    const doing = runWithAuth(callerOf('org_A'), () => withOrg('org_B', async () => (begun += 1)));
    await expect(doing).rejects.toThrow(conflict);
    expect(begun).toBe(0);
  });

  test('without an organization there is none, and withOrg gives it none', async () => {
    let begun = 0;
    expect(() => runWithAuth(callerWithoutOrg, currentOrg)).toThrow(missing);
    const doing = runWithAuth(callerWithoutOrg, () => withOrg('org_A', async () => (begun += 1)));
    await expect(doing).rejects.toThrow(conflict);
    expect(begun).toBe(0);
  });

  test('whose organization can be none, there is none', () => {
    for (const orgId of ['', 'org A', 'x'.repeat(256)]) {
      expect(() => runWithAuth(callerOf(orgId), currentOrg)).toThrow(missing);
    }
  });

  test('a request that is let in within withOrg counts for itself, and as nobody for nobody', async () => {
    const seen = await withOrg('org_A', async () => [
      runWithAuth(callerOf('org_B'), findCurrentOrg),
      runWithoutAuth(findCurrentOrg),
      runInFrame(recordOf({}), findCurrentOrg),
      findCurrentOrg(),
    ]);
    expect(seen).toEqual(['org_B', undefined, undefined, 'org_A']);
  });
});

describe('in a frame that is filled later', () => {
  test('the organization is there once the caller is, and does not change', () => {
    const request = {};
    const seen = runInFrame(recordOf(request), () => {
      const before = findCurrentOrg();
      admitCaller(recordOf(request), callerOf('org_A'));
      expect(() => admitCaller(recordOf(request), callerOf('org_B'))).toThrow(ConfigurationError);
      return [before, currentOrg()];
    });
    expect(seen).toEqual([undefined, 'org_A']);
  });

  test('in withOrg no caller of another organization is let in', async () => {
    const request = {};
    await runInFrame(recordOf(request), () =>
      withOrg('org_A', async () => {
        expect(() => admitCaller(recordOf(request), callerOf('org_B'))).toThrow(ConfigurationError);
        admitCaller(recordOf(request), callerOf('org_A'));
        expect(currentOrg()).toBe('org_A');
      }),
    );
  });
});
