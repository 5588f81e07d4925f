import { ConfigurationError, findCurrentAuth } from '@connect-auth/core';
import { checkKnown, checkText } from '@connect-auth/core/adapter';
import { currentOrg } from '../frame/current-org.js';
import { toCanonicalJson } from './canonical-json.js';
import { checkClock } from './check-clock.js';
import { type EnvelopeKey, signText, toKeyRing } from './envelope-keys.js';

/** The message that goes into the queue: the data, its organization, and the signature that binds the two. */
export interface OrgEnvelope<Data = unknown> {
  readonly v: 1;
  readonly org: string;
  /** The kind of job that it may be run as. Absent: as any job without a purpose, by any worker that has the keys. */
  readonly purpose?: string;
  /** The application that asked for the job, if a request did. */
  readonly client_id?: string;
  /** The `sub` of the token that asked for the job. */
  readonly sub?: string;
  /** The id of the audit event of the request that queued the job. */
  readonly audit_id?: string;
  /** When the envelope was made, in seconds since the epoch. */
  readonly iat: number;
  /** When the envelope expires, in seconds since the epoch. Absent: never. */
  readonly exp?: number;
  readonly kid: string;
  readonly data: Data;
  /** HMAC-SHA256 over all of the above (RFC 2104), base64url. */
  readonly sig: string;
}

export interface OrgEnvelopeOptions {
  /**
   * The first key signs. Have several to rotate: add the new key everywhere, then move it to the front, then drop the
   * old.
   */
  readonly keys: readonly EnvelopeKey[];
  /** The kind of job, such as `report`: only an `orgJob` of the same purpose runs it. Default: none. */
  readonly purpose?: string;
  /**
   * How long the job may wait and be retried, in seconds; afterwards it is refused. Default: 604,800, seven days. With
   * null it never expires, and anyone who can write to the queue can run it again at any time. A job that the queue
   * repeats has one envelope for all its runs.
   */
  readonly maxAgeSeconds?: number | null;
  /** The id of the audit event of the request that queues the job. Default: none. */
  readonly auditId?: string;
  /** The current time in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

const sevenDaysSeconds = 604_800;

/**
 * Binds data to the organization that the current work is done for, so that anyone who can write to the queue can
 * neither choose an organization nor move data to another. The data is signed, not hidden. Neither the queue nor the
 * name of a job is signed: give each kind of job its `purpose`.
 *
 * @param data any value that JSON can hold; it is put in as JSON reads it back
 * @throws OrgContextError `org_context_missing` outside a frame
 * @throws ConfigurationError for an option that is unknown or of the wrong kind, and for data that JSON cannot hold
 */
export function orgEnvelope<Data>(data: Data, options: OrgEnvelopeOptions): OrgEnvelope<Data> {
  checkKnown('orgEnvelope()', options, ['keys', 'purpose', 'maxAgeSeconds', 'auditId', 'now']);
  const { signer } = toKeyRing(options.keys);
  const { purpose, maxAgeSeconds = sevenDaysSeconds, auditId, now = () => Date.now() } = options;
  checkAge(maxAgeSeconds);
  checkClock(now);
  const auth = findCurrentAuth();
  const iat = Math.floor(now() / 1000);
  const unsigned = {
    v: 1 as const,
    org: currentOrg() as string,
    ...(purpose !== undefined && { purpose: checkText('purpose', purpose) }),
    ...(auth?.clientId !== undefined && { client_id: auth.clientId }),
    ...(auth !== undefined && { sub: auth.subject }),
    ...(auditId !== undefined && { audit_id: checkText('auditId', auditId) }),
    iat,
    ...(maxAgeSeconds !== null && { exp: iat + maxAgeSeconds }),
    kid: signer.kid,
    data: toJsonValue(data),
  };
  return { ...unsigned, sig: signText(signer.key, writeUnsigned(unsigned)).toString('base64url') };
}

function checkAge(maxAgeSeconds: unknown): void {
  if (maxAgeSeconds === null || (Number.isSafeInteger(maxAgeSeconds) && (maxAgeSeconds as number) > 0)) return;
  throw new ConfigurationError('maxAgeSeconds', 'must be a whole number of at least 1, or null');
}

/** Returns the data as the worker will read it: a Date as text, and without the members that JSON leaves out. */
function toJsonValue<Data>(data: Data): Data {
  try {
    return JSON.parse(JSON.stringify(data));
  } catch {
    throw new ConfigurationError('orgEnvelope()', 'takes data that JSON can hold');
  }
}

function writeUnsigned(unsigned: Omit<OrgEnvelope, 'sig'>): string {
  try {
    return toCanonicalJson(unsigned);
  } catch {
    throw new ConfigurationError('orgEnvelope()', 'takes data that is not nested deeper than 255');
  }
}
