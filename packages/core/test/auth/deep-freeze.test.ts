import { type Auth, createVerifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { deepFreeze } from '../../src/auth/deep-freeze.js';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();
const verifier = createVerifier(signer.options);

const nested = { roles: ['a', { name: 'b', of: [{ tenant: 'c' }] }], empty: {}, list: [[[]]], none: null };

/** Every object that can be reached from `root`, itself included. */
function objectsIn(root: object, found = new Set<object>()): Set<object> {
  if (found.has(root)) return found;
  found.add(root);
  for (const key of Reflect.ownKeys(root)) {
    const member: unknown = Reflect.get(root, key);
    if (typeof member === 'object' && member !== null) objectsIn(member, found);
  }
  return found;
}

test('an Auth is frozen through and through', async () => {
  const auth = await verifier.verify(
    signer.sign({ payload: { ...signer.claims, ...nested, aud: [signer.issuer.audience] } }),
  );
  const objects = [...objectsIn(auth)];
  expect(objects.length).toBeGreaterThan(10);
  expect(objects.filter((each) => !Object.isFrozen(each))).toEqual([]);
});

test('no member can be changed, added or taken away: a change for one request would be one for all', async () => {
  const token = signer.sign({ payload: { ...signer.claims, ...nested } });
  const auth = (await verifier.verify(token)) as { -readonly [Member in keyof Auth]: Auth[Member] } & {
    isAdmin?: true;
  };
  expect(() => {
    auth.orgId = 'org_2';
  }).toThrow(TypeError);
  expect(() => {
    auth.token = 'other';
  }).toThrow(TypeError);
  expect(() => {
    auth.isAdmin = true;
  }).toThrow(TypeError);
  expect(Reflect.deleteProperty(auth, 'orgId')).toBe(false);
  expect(() => Object.assign(auth.actor, { id: 'admin' })).toThrow(TypeError);
  expect(() => (auth.claims.roles as unknown[]).push('admin')).toThrow(TypeError);
  expect(Reflect.setPrototypeOf(auth, { isAdmin: true })).toBe(false);
  expect(await verifier.verify(token)).toBe(auth);
  expect([auth.orgId, auth.token, auth.isAdmin]).toEqual(['org_1', token, undefined]);
});

test('a payload with a member named __proto__ is frozen too, and changes no prototype', async () => {
  const payload = JSON.stringify(signer.claims).replace('{', '{"__proto__":{"deep":{"orgId":"org_2"}},');
  const auth = await verifier.verify(signer.sign({ payload }));
  expect([...objectsIn(auth)].every((each) => Object.isFrozen(each))).toBe(true);
  expect(Reflect.getPrototypeOf(auth)).toBe(Object.prototype);
  expect(auth.orgId).toBe('org_1');
});

test('depth does not matter: ten thousand levels are frozen, not overflown', () => {
  const depth = 10_000;
  let value = deepFreeze(JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown[]);
  for (let level = 1; level < depth; level += 1) value = value[0] as unknown[];
  expect(value).toEqual([]);
  expect(Object.isFrozen(value)).toBe(true);
});

test('a token as deep as its size allows is accepted', async () => {
  const deep = '['.repeat(5_000) + ']'.repeat(5_000);
  const payload = JSON.stringify(signer.claims).replace('{', `{"deep":${deep},`);
  await expect(verifier.verify(signer.sign({ payload }))).resolves.toMatchObject({ subject: 'user_1' });
});
