import { createHmac } from 'node:crypto';
import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText, checkTexts } from '@connect-auth/core/adapter';
import { checkKid, checkSealKey } from './seal-key.js';

export interface SealKey {
  readonly kid: string;
  /** The key that `sealKeySql` stored under this `kid`. */
  readonly key: Uint8Array;
}

/** The content of a seal. */
export interface SealedOrg {
  readonly orgId: string;
  /** Further organizations whose rows may be read, in a hierarchy. Default: none. */
  readonly readableOrgs?: readonly string[];
  /** The end of its validity, in seconds since 1970 by the database's clock. */
  readonly expiresAtSeconds: number;
}

/**
 * Makes the argument of `bind_org` in a sealed context: `kid.expiry.payload.mac`. A seal only has to be valid when it is
 * bound; the transaction then stays bound until its end.
 *
 * @throws ConfigurationError
 */
export function sealOrg(key: SealKey, sealed: SealedOrg): string {
  checkKnown('', key, ['kid', 'key']);
  checkKnown('', sealed, ['orgId', 'readableOrgs', 'expiresAtSeconds']);
  const orgId = checkText('orgId', sealed.orgId);
  const readableOrgs = checkTexts('readableOrgs', sealed.readableOrgs ?? []);
  if (!Number.isSafeInteger(sealed.expiresAtSeconds) || sealed.expiresAtSeconds < 0) {
    throw new ConfigurationError('expiresAtSeconds', 'must be a whole number of seconds');
  }
  const payload = Buffer.from(JSON.stringify([orgId, ...readableOrgs])).toString('base64');
  const message = `${checkKid('kid', key.kid)}.${sealed.expiresAtSeconds}.${payload}`;
  // The prefix keeps it distinct from the seal that the database makes for the transaction.
  const mac = createHmac('sha256', checkSealKey('key', key.key)).update(`org.${message}`).digest('hex');
  return `${message}.${mac}`;
}
