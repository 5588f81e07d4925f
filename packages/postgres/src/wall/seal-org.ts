import { createHmac } from 'node:crypto';
import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText, checkTexts } from '@connect-auth/core/adapter';
import { checkKid, checkSealKey } from './seal-key.js';

export interface SealOptions {
  readonly kid: string;
  /** The key that `sealKeySql` stored under this `kid`. */
  readonly key: Uint8Array;
}

/** What a seal says. */
export interface SealedOrg {
  readonly orgId: string;
  /** The organizations that may be read, of a hierarchy; `orgId` is always one of them. Default: that one alone. */
  readonly scope?: readonly string[];
  /** Until when it can be bound, in seconds since 1970 by the database's clock. */
  readonly expiresAtSeconds: number;
}

/**
 * The argument of `bind_org` in a sealed context: `kid.expiry.payload.mac`. A transaction that is bound stays so until
 * its end, so that some seconds are enough.
 *
 * @throws ConfigurationError
 */
export function sealOrg(options: SealOptions, sealed: SealedOrg): string {
  checkKnown('', options, ['kid', 'key']);
  checkKnown('', sealed, ['orgId', 'scope', 'expiresAtSeconds']);
  const orgId = checkText('orgId', sealed.orgId);
  const scope = checkTexts('scope', sealed.scope ?? []);
  if (!Number.isSafeInteger(sealed.expiresAtSeconds) || sealed.expiresAtSeconds < 0) {
    throw new ConfigurationError('expiresAtSeconds', 'must be a whole number of seconds');
  }
  const payload = Buffer.from(JSON.stringify([orgId, ...scope])).toString('base64');
  const message = `${checkKid('kid', options.kid)}.${sealed.expiresAtSeconds}.${payload}`;
  // The word in front keeps it apart from the seal that the database makes for the transaction.
  const mac = createHmac('sha256', checkSealKey('key', options.key)).update(`org.${message}`).digest('hex');
  return `${message}.${mac}`;
}
