import { timingSafeEqual } from 'node:crypto';
import { isOrgId, type OrgId } from '../frame/org-id.js';
import { toCanonicalJson } from './canonical-json.js';
import { type EnvelopeKeyRing, signText } from './envelope-keys.js';
import type { OrgEnvelope } from './org-envelope.js';
import { OrgEnvelopeError } from './org-envelope-error.js';

/** An envelope whose signature and age have been checked. */
export type VerifiedEnvelope = OrgEnvelope & { readonly org: OrgId };

export interface EnvelopeOpener {
  readonly keys: EnvelopeKeyRing;
  readonly purpose: string | undefined;
  readonly now: () => number;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTime = (value: unknown): boolean => Number.isSafeInteger(value);
const isAbsentOr = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

const members: Readonly<Record<keyof OrgEnvelope, (value: unknown) => boolean>> = {
  v: (value) => value === 1,
  org: isOrgId,
  purpose: isAbsentOr(isText),
  client_id: isAbsentOr(isText),
  sub: isAbsentOr(isText),
  audit_id: isAbsentOr(isText),
  iat: isTime,
  exp: isAbsentOr(isTime),
  kid: isText,
  data: (value) => value !== undefined,
  // 32 bytes in their only valid spelling: the last character has two bits that carry no information.
  sig: (value) => typeof value === 'string' && /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(value),
};

/**
 * Checks a value that came out of a queue: shape, key, signature, purpose, age, in this order.
 *
 * @throws OrgEnvelopeError
 */
export function openEnvelope(value: unknown, { keys, purpose, now }: EnvelopeOpener): VerifiedEnvelope {
  const envelope = checkMembers(value);
  const key = keys.find(envelope.kid);
  if (key === undefined) throw new OrgEnvelopeError('unknown_key');
  const expected = signText(key, writeUnsigned(envelope));
  if (!timingSafeEqual(expected, Buffer.from(envelope.sig, 'base64url'))) throw new OrgEnvelopeError('bad_signature');
  if (envelope.purpose !== purpose) throw new OrgEnvelopeError('other_purpose');
  if (envelope.exp !== undefined && now() / 1000 >= envelope.exp) throw new OrgEnvelopeError('expired');
  return envelope;
}

function checkMembers(value: unknown): VerifiedEnvelope {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'sig')) {
    throw new OrgEnvelopeError('unsigned');
  }
  const isKnown = Object.keys(value).every((name) => Object.hasOwn(members, name));
  const isSound = Object.entries(members).every(([name, check]) => check(ownMember(value, name)));
  if (!isKnown || !isSound) throw new OrgEnvelopeError('malformed');
  return value as VerifiedEnvelope;
}

const ownMember = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined;

function writeUnsigned({ sig: _sig, ...unsigned }: OrgEnvelope): string {
  try {
    return toCanonicalJson(unsigned);
  } catch {
    throw new OrgEnvelopeError('malformed');
  }
}
