import { inspect } from 'node:util';
import { createVerifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();
const { options, issuer } = signer;
const verifier = createVerifier(options);

describe.each([
  ['a JWT', signer.sign()],
  ['an opaque token', issuer.opaqueToken()],
])('%s', (_, token) => {
  test('is there for calls on behalf of its owner', async () => {
    const auth = await verifier.verify(token);
    expect(auth.token).toBe(token);
    expect(Reflect.getOwnPropertyDescriptor(auth, 'token')).toEqual({
      value: token,
      enumerable: false,
      writable: false,
      configurable: false,
    });
  });

  test('shows in no text and no copy that is made of an Auth', async () => {
    const auth = await verifier.verify(token);
    const wrapped = { request: { auth }, list: [auth] };
    const copies = [{ ...auth }, Object.assign({}, auth), structuredClone(auth), structuredClone(wrapped)];
    const texts = [
      JSON.stringify(auth),
      JSON.stringify(wrapped),
      JSON.stringify(copies),
      inspect(auth, { depth: Number.POSITIVE_INFINITY }),
      inspect(wrapped, { depth: Number.POSITIVE_INFINITY, getters: true }),
      inspect(copies, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      String(auth),
      Object.entries(auth).flat().join(),
    ];
    // No part of it either: the signature alone would be enough for whoever knows the claims.
    for (const part of [token, ...token.split('.')]) expect(texts.filter((text) => text.includes(part))).toEqual([]);
    for (const copy of copies.slice(0, 3)) expect('token' in copy).toBe(false);
    expect(Object.keys(auth)).not.toContain('token');
    const seen: string[] = [];
    for (const name in auth) seen.push(name);
    expect(seen).toEqual(Object.keys(auth));
  });
});
