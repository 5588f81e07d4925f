import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText } from '@connect-auth/core/adapter';

/** A key shared by those who queue jobs and those who run them, and by nobody else. */
export interface EnvelopeKey {
  /** The name of the key, which envelopes carry. Must never be reused for another secret. */
  readonly kid: string;
  /** At least 32 bytes, from a good source of randomness; a text counts as its bytes in UTF-8. */
  readonly secret: string | Uint8Array;
}

/** The keys of `orgEnvelope` and `orgJob`, checked. */
export interface EnvelopeKeyRing {
  /** The key that signs new envelopes. */
  readonly signer: { readonly kid: string; readonly key: KeyObject };
  readonly find: (kid: string) => KeyObject | undefined;
}

/** RFC 2104 §3: a key shorter than the output of the hash weakens it. */
const minSecretBytes = 32;

const rings = new WeakMap<readonly EnvelopeKey[], EnvelopeKeyRing>();

/** Checks keys, once per list. @throws ConfigurationError */
export function toKeyRing(keys: readonly EnvelopeKey[]): EnvelopeKeyRing {
  const known = Array.isArray(keys) ? rings.get(keys) : undefined;
  const ring = known ?? checkKeys(keys);
  if (known === undefined) rings.set(keys, ring);
  return ring;
}

function checkKeys(keys: unknown): EnvelopeKeyRing {
  if (!Array.isArray(keys)) throw new ConfigurationError('keys', 'must be a list of keys');
  const byKid = new Map<string, KeyObject>();
  for (const [at, key] of keys.entries()) {
    const path = `keys[${at}]`;
    if (typeof key !== 'object' || key === null) throw new ConfigurationError(path, 'must be { kid, secret }');
    checkKnown(path, key, ['kid', 'secret']);
    const kid = checkText(`${path}.kid`, key.kid);
    if (byKid.has(kid)) throw new ConfigurationError(`${path}.kid`, 'names two keys');
    byKid.set(kid, toSecretKey(`${path}.secret`, key.secret));
  }
  const [first] = byKid;
  if (first === undefined) throw new ConfigurationError('keys', 'must have a key');
  return { signer: { kid: first[0], key: first[1] }, find: (kid) => byKid.get(kid) };
}

function toSecretKey(path: string, secret: unknown): KeyObject {
  if (typeof secret !== 'string' && !(secret instanceof Uint8Array)) {
    throw new ConfigurationError(path, 'must be a text or bytes');
  }
  const bytes = Buffer.from(secret as string); // A copy, in either case.
  if (bytes.byteLength < minSecretBytes)
    throw new ConfigurationError(path, `must have at least ${minSecretBytes} bytes`);
  return createSecretKey(bytes);
}

/** Starts every signed text with its purpose, so that a signature over anything else is never valid for an envelope. */
const purpose = 'connect-auth/org-envelope/v1\n';

export const signText = (key: KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(purpose).update(text).digest();
