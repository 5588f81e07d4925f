import { checkKnown } from '@connect-auth/core/adapter';
import { defaultPrivateSchema } from './context-options.js';
import { checkIdentifier, qualify } from './quote-identifier.js';
import { checkKid, checkSealKey } from './seal-key.js';

/** A statement with its values as parameters: the key appears neither in the text nor in a log of statements. */
export interface SealKeyStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface SealKeyOptions {
  /** Names the key: letters, digits, `_` and `-`. */
  readonly kid: string;
  /** 32 to 64 random bytes, which the pool of the application is given, too. */
  readonly key: Uint8Array;
  /** Default: `app_private`. */
  readonly privateSchema?: string;
}

/**
 * Stores a key in the database, or replaces the one with the same `kid`. To rotate: store the new key, seal with it
 * everywhere, then drop the old one (`dropSealKeySql`).
 *
 * @throws ConfigurationError
 */
export function sealKeySql(options: SealKeyOptions): SealKeyStatement {
  checkKnown('', options, ['kid', 'key', 'privateSchema']);
  const kid = checkKid('kid', options.kid);
  const key = checkSealKey('key', options.key);
  const table = qualify(checkIdentifier('privateSchema', options.privateSchema ?? defaultPrivateSchema), 'seal_key');
  return {
    text: `INSERT INTO ${table} (kid, ipad, opad) VALUES ($1, $2, $3)
ON CONFLICT (kid) DO UPDATE SET ipad = excluded.ipad, opad = excluded.opad`,
    values: [kid, padKey(key, 0x36), padKey(key, 0x5c)],
  };
}

/** Deletes a key: seals made with it are no longer accepted. @throws ConfigurationError */
export function dropSealKeySql(options: Omit<SealKeyOptions, 'key'>): SealKeyStatement {
  checkKnown('', options, ['kid', 'privateSchema']);
  const kid = checkKid('kid', options.kid);
  const schema = checkIdentifier('privateSchema', options.privateSchema ?? defaultPrivateSchema);
  return { text: `DELETE FROM ${qualify(schema, 'seal_key')} WHERE kid = $1`, values: [kid] };
}

/** RFC 2104 §2: the key, padded to a block of SHA-256 and combined with one of the two masks. */
const padKey = (key: Uint8Array, mask: number): Buffer =>
  Buffer.from(Array.from({ length: 64 }, (_, at) => (key[at] ?? 0) ^ mask));
