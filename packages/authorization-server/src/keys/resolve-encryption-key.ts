import { hkdfSync, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { StorageOptions } from '../storage/storage-options.js';
import { type EncryptionKeyOption, readOrCreateKey } from './encryption-key.js';

/** @throws ConfigurationError for a file that does not contain a key */
export async function resolveEncryptionKey(
  option: EncryptionKeyOption | undefined,
  storage: StorageOptions,
  warn: (message: string) => void,
): Promise<Buffer> {
  const wanted = option ?? defaultKey(storage);
  const { key, isNew } = await readOrCreateKey(wanted);
  if (isNew && typeof wanted === 'object') {
    warn(
      `made ${resolve(wanted.file)}, which the signing keys are encrypted with: keep it with the data, or set ` +
        'keys.encryptionKey. Without it, the signing keys are lost.',
    );
  }
  return key;
}

/** Returns the default for PGlite. PostgreSQL requires the option: a generated key would be lost with this machine. */
function defaultKey(storage: StorageOptions): EncryptionKeyOption {
  const dataDir = storage.kind === 'pglite' ? storage.dataDir : undefined;
  return dataDir === undefined ? randomBytes(32).toString('base64') : { file: `${resolve(dataDir)}.key` };
}

/** Derives a key for another purpose from the same secret. */
export function deriveKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `connect-auth/${purpose}`, 32));
}
