import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { seal, unseal } from '../../src/keys/sealed.js';

const key = randomBytes(32);
const text = 'a private key, and what is not ASCII: ✓';
const context = 'signing key/default/a';

test('what was sealed opens with the same key, in the same context', () => {
  for (const each of ['', text, 'x'.repeat(100_000)]) expect(unseal(key, seal(key, each, context), context)).toBe(each);
});

test('the same text is sealed in another way each time, and cannot be read', () => {
  const sealed = seal(key, text, context);
  expect(seal(key, text, context).equals(sealed)).toBe(false);
  expect(sealed.includes('private')).toBe(false);
  // A nonce and a tag before it (NIST SP 800-38D §5.2).
  expect(sealed).toHaveLength(12 + 16 + Buffer.byteLength(text));
});

test('it opens with no other key and in no other context', () => {
  const sealed = seal(key, text, context);
  expect(() => unseal(randomBytes(32), sealed, context)).toThrow();
  for (const other of ['', 'signing key/default/b', 'signing key/other/a']) {
    expect(() => unseal(key, sealed, other)).toThrow();
  }
});

test('no byte of it can be changed, left out or added', () => {
  const sealed = seal(key, text, context);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] as number) ^ 1;
    expect(() => unseal(key, changed, context)).toThrow();
    expect(() => unseal(key, sealed.subarray(0, at), context)).toThrow();
    expect(() => unseal(key, sealed.subarray(at + 1), context)).toThrow();
  }
  expect(() => unseal(key, Buffer.concat([sealed, Buffer.from([0])]), context)).toThrow();
});
