import { setImmediate } from 'node:timers/promises';
import { type Auth, ConfigurationError, createVerifier, currentAuth, findCurrentAuth } from '@connect-auth/core';
import {
  admitCaller,
  findRecord,
  isFrameOf,
  isInRequest,
  recordOf,
  requireFrameOf,
  runInFrame,
  runInOrgFrame,
  runOutsideFrames,
  runWithAuth,
  runWithoutAuth,
} from '@connect-auth/core/adapter';
import { expect, jest, test } from '@jest/globals';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();
const verifier = createVerifier(signer.options);
const authFor = (org: string): Promise<Auth> =>
  verifier.verify(signer.sign({ payload: { ...signer.claims, org_id: org } }));
const [one, two] = [await authFor('org_1'), await authFor('org_2')];

const ofAnother = new ConfigurationError(
  'currentAuth()',
  'is of another request: something goes on with this one inside that one',
);
const ofAnotherOrg = new ConfigurationError(
  'currentOrg()',
  'is another organization already: two callers were let in at once',
);

test('a frame belongs to its request, and nobody is the caller in it until somebody says who', async () => {
  const record = recordOf({});
  await runInFrame(record, async () => {
    expect([findRecord(), findCurrentAuth(), isInRequest()]).toEqual([record, undefined, true]);
    admitCaller(record, one);
    await setImmediate();
    expect(currentAuth()).toBe(one);
    admitCaller(record, undefined);
    expect(findCurrentAuth()).toBeUndefined();
  });
  expect([findRecord(), findCurrentAuth(), isInRequest()]).toEqual([undefined, undefined, false]);
});

test('what a guard says counts for what comes after it in the same frame', async () => {
  const record = recordOf({});
  const seen = await runInFrame(record, async () => {
    const guard = async () => {
      await setImmediate();
      admitCaller(record, one);
    };
    await guard();
    return currentAuth().orgId;
  });
  expect(seen).toBe('org_1');
});

test('a frame that is entered again is that of its request, with whoever was let in meanwhile', () => {
  const [record, other] = [recordOf({}), recordOf({})];
  admitCaller(record, one);
  runInFrame(other, () => {
    admitCaller(other, two);
    expect(isFrameOf(record)).toBe(false);
    runInFrame(record, () => expect([isFrameOf(record), currentAuth()]).toEqual([true, one]));
    expect(currentAuth()).toBe(two);
  });
});

test('a guard can ask whether the frame is its request’s: another’s is refused, none is not', () => {
  const [record, other] = [recordOf({}), recordOf({})];
  runInFrame(record, () => {
    admitCaller(record, one);
    expect(() => requireFrameOf(other)).toThrow(ofAnother);
    requireFrameOf(record);
    expect(currentAuth()).toBe(one);
  });
  requireFrameOf(other);
});

test('the caller that is let in for one request is not that of the frame of another', () => {
  const [outer, inner] = [recordOf({ of: 'outer' }), recordOf({ of: 'inner' })];
  runInFrame(outer, () => {
    admitCaller(outer, one);
    runInFrame(inner, () => {
      expect([findRecord(), findCurrentAuth()]).toEqual([inner, undefined]);
      admitCaller(outer, undefined);
      expect(() => admitCaller(outer, two)).toThrow(ofAnotherOrg);
      admitCaller(inner, two);
      expect(currentAuth()).toBe(two);
    });
    expect(findCurrentAuth()).toBeUndefined();
    admitCaller(outer, one);
    expect(currentAuth()).toBe(one);
  });
});

test('work that is done as another caller belongs to the same request, and does not change its caller', () => {
  const record = recordOf({});
  runInFrame(record, () => {
    runWithAuth(one, () => {
      expect(findRecord()).toBe(record);
      runWithoutAuth(() => {
        expect([findRecord(), findCurrentAuth()]).toEqual([record, undefined]);
        expect(() => requireFrameOf(recordOf({}))).toThrow(ofAnother);
        admitCaller(record, two);
        expect(findCurrentAuth()).toBeUndefined();
      });
      expect(currentAuth()).toBe(one);
    });
    expect(currentAuth()).toBe(two);
  });
});

test('as somebody, and outside of every request, there is no record', () => {
  runWithAuth(one, () => {
    expect([findRecord(), isInRequest()]).toEqual([undefined, true]);
    expect(currentAuth()).toBe(one);
  });
});

test('outside of frames there is neither request nor caller nor organization', () => {
  const record = recordOf({});
  admitCaller(record, one);
  runInFrame(record, () => {
    runOutsideFrames(() =>
      expect([findRecord(), findCurrentAuth(), isInRequest()]).toEqual([undefined, undefined, false]),
    );
    expect(currentAuth()).toBe(one);
  });
});

test('a request has one organization: that of the first caller, or the one that its frame names', () => {
  const [record, named] = [recordOf({}), recordOf({})];
  admitCaller(record, one);
  admitCaller(record, undefined);
  expect(() => admitCaller(record, two)).toThrow(ofAnotherOrg);
  expect(record.caller).toBeUndefined();
  runInFrame(named, () =>
    runInOrgFrame({ orgId: 'org_1' }, () => {
      expect(() => admitCaller(named, two)).toThrow('work is done for it');
      admitCaller(named, one);
      expect(currentAuth()).toBe(one);
    }),
  );
});

test('a request has one record, which no log of it shows', () => {
  const request = { headers: {} };
  const record = recordOf(request);
  admitCaller(record, one);
  expect(recordOf(request)).toBe(record);
  expect([Object.keys(request), Object.getOwnPropertySymbols({ ...request })]).toEqual([['headers'], []]);
  expect(JSON.stringify(request)).toBe('{"headers":{}}');
});

test('another copy of the package finds the same frame and the same record', async () => {
  const request = {};
  jest.resetModules();
  const copy = await import('@connect-auth/core/adapter');
  expect(copy.runInFrame).not.toBe(runInFrame);
  copy.runInFrame(copy.recordOf(request), () => {
    copy.admitCaller(copy.recordOf(request), one);
    expect(currentAuth()).toBe(one);
    expect(findRecord()).toBe(recordOf(request));
  });
});
