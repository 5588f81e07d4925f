import { checkKnown } from '@connect-auth/core/adapter';
import { defaultPrivateSchema } from './context-options.js';
import { checkIdentifier, qualify } from './quote-identifier.js';
import { checkKid, checkSealKey } from './seal-key.js';

/** A statement whose values travel beside it: none of them is in its text, or in a log of statements. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface SealKeyOptions {
  /** Names the key: letters, digits, `_` and `-`. */
  readonly kid: string;
  /** 32 to 64 random bytes, which the application seals with, too. */
  readonly key: Uint8Array;
  /** Default: `app_private`. */
  readonly privateSchema?: string;
}

/**
 * Makes a key known to the database; the same `kid` again replaces it. To rotate: store the new key, seal with it
 * everywhere, and then drop the old one (`dropSealKeySql`).
 *
 * @throws ConfigurationError
 */
export function sealKeySql(options: SealKeyOptions): Statement {
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

/** From now on nothing that was sealed with this key is accepted. @throws ConfigurationError */
export function dropSealKeySql(options: Omit<SealKeyOptions, 'key'>): Statement {
  checkKnown('', options, ['kid', 'privateSchema']);
  const kid = checkKid('kid', options.kid);
  const schema = checkIdentifier('privateSchema', options.privateSchema ?? defaultPrivateSchema);
  return { text: `DELETE FROM ${qualify(schema, 'seal_key')} WHERE kid = $1`, values: [kid] };
}

/** RFC 2104 §2: the key, filled up to a block of SHA-256, under one of the two masks. */
const padKey = (key: Uint8Array, mask: number): Buffer =>
  Buffer.from(Array.from({ length: 64 }, (_, at) => (key[at] ?? 0) ^ mask));
