import { setImmediate } from 'node:timers/promises';
import {
  type Auth,
  ConfigurationError,
  createVerifier,
  currentAuth,
  findCurrentAuth,
  framedRequest,
  openFrame,
  runWithAuth,
  runWithoutAuth,
  setCurrentAuth,
} from '@connect-auth/core';
import { expect, test } from '@jest/globals';
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

test('a frame belongs to its request, and nobody is the caller in it until somebody says who', async () => {
  const request = {};
  await openFrame(request, async () => {
    expect([framedRequest(), findCurrentAuth()]).toEqual([request, undefined]);
    expect(framedRequest()).toBe(request);
    setCurrentAuth(request, one);
    await setImmediate();
    expect(currentAuth()).toBe(one);
    setCurrentAuth(request, undefined);
    expect(findCurrentAuth()).toBeUndefined();
  });
  expect([framedRequest(), findCurrentAuth()]).toEqual([undefined, undefined]);
});

test('what a guard says counts for what comes after it in the same frame', async () => {
  const request = {};
  const seen = await openFrame(request, async () => {
    const guard = async () => {
      await setImmediate();
      setCurrentAuth(request, one);
    };
    await guard();
    return currentAuth().orgId;
  });
  expect(seen).toBe('org_1');
});

test.each([
  ['another object', {}],
  ['undefined', undefined],
])('in a frame nobody is named for another request: %s', (_what, other) => {
  const request = {};
  openFrame(request, () => {
    setCurrentAuth(request, one);
    for (const auth of [two, undefined]) expect(() => setCurrentAuth(other, auth)).toThrow(ofAnother);
    expect(currentAuth()).toBe(one);
  });
});

test('a frame in a frame is that of the inner request alone', () => {
  const [outer, inner] = [{ of: 'outer' }, { of: 'inner' }];
  openFrame(outer, () => {
    setCurrentAuth(outer, one);
    openFrame(inner, () => {
      expect([framedRequest(), findCurrentAuth()]).toEqual([inner, undefined]);
      expect(() => setCurrentAuth(outer, two)).toThrow(ofAnother);
      setCurrentAuth(inner, two);
      expect(currentAuth()).toBe(two);
    });
    expect(currentAuth()).toBe(one);
  });
});

test('another caller inside of it does not change whose request it is', () => {
  const request = {};
  openFrame(request, () => {
    runWithAuth(one, () => {
      expect(framedRequest()).toBe(request);
      runWithoutAuth(() => {
        expect(framedRequest()).toBe(request);
        expect(() => setCurrentAuth({}, two)).toThrow(ofAnother);
        setCurrentAuth(request, two);
        expect(currentAuth()).toBe(two);
      });
      expect(currentAuth()).toBe(one);
    });
    expect(findCurrentAuth()).toBeUndefined();
  });
});

test('without a frame nothing happens, whoever is named', () => {
  setCurrentAuth({}, one);
  setCurrentAuth(undefined, one);
  expect([framedRequest(), findCurrentAuth()]).toEqual([undefined, undefined]);
});

test('as somebody, and outside of every frame, there is no request', () => {
  runWithAuth(one, () => {
    expect(framedRequest()).toBeUndefined();
    expect(() => setCurrentAuth({}, two)).toThrow(ofAnother);
    expect(currentAuth()).toBe(one);
  });
});
