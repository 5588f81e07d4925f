import { setImmediate } from 'node:timers/promises';
import { type Auth, ConfigurationError, createVerifier, currentAuth } from '@connect-auth/core';
import { runWithAuth } from '@connect-auth/core/adapter';
import { expect, test } from '@jest/globals';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();
const verifier = createVerifier(signer.options);
const authFor = (org: string): Promise<Auth> =>
  verifier.verify(signer.sign({ payload: { ...signer.claims, org_id: org } }));

test('outside a request there is nobody: ConfigurationError', () => {
  expect(() => currentAuth()).toThrow(ConfigurationError);
  expect(() => currentAuth()).toThrow('currentAuth() was called outside a request whose token was verified');
});

test('inside, it is the caller, and the result of the action is passed on', async () => {
  const auth = await authFor('org_1');
  expect(runWithAuth(auth, () => currentAuth())).toBe(auth);
  expect(runWithAuth(auth, () => 7)).toBe(7);
  expect(() => currentAuth()).toThrow(ConfigurationError);
});

test('interleaved requests keep their own caller', async () => {
  const [one, two] = [await authFor('org_1'), await authFor('org_2')];
  const seen = (auth: Auth) =>
    runWithAuth(auth, async () => {
      const before = currentAuth().orgId;
      await setImmediate();
      return [before, await Promise.resolve().then(() => currentAuth().orgId), currentAuth().orgId];
    });
  expect(await Promise.all([seen(one), seen(two), seen(one)])).toEqual([
    ['org_1', 'org_1', 'org_1'],
    ['org_2', 'org_2', 'org_2'],
    ['org_1', 'org_1', 'org_1'],
  ]);
});

test('the inner caller is in force inside only, even if the action throws', async () => {
  const [outer, inner] = [await authFor('org_1'), await authFor('org_2')];
  runWithAuth(outer, () => {
    const failing = () =>
      runWithAuth(inner, () => {
        throw new Error(`in ${currentAuth().orgId}`);
      });
    expect(failing).toThrow('in org_2');
    expect(currentAuth()).toBe(outer);
  });
});
