import { randomBytes } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';
import { createWholeFile } from '../storage/create-whole-file.js';

/** 32 bytes in base64, base64url or hex, or a file with them, which is created if it is missing. */
export type EncryptionKeyOption = string | { readonly file: string };

const keyBytes = 32;

/** @returns the key, and whether it was just created */
export async function readOrCreateKey(option: EncryptionKeyOption): Promise<{ key: Buffer; isNew: boolean }> {
  if (typeof option === 'string') return { key: parseKey('keys.encryptionKey', option), isNew: false };

  // A mounted secret exists already, in a folder that may be read-only.
  const isNew = !(await isThere(option.file)) && (await writeOnce(option.file));
  return { key: parseKey(option.file, (await readFile(option.file, 'utf8')).trim()), isNew };
}

/** @throws ConfigurationError for anything but 32 bytes */
export function parseKey(name: string, text: string): Buffer {
  const encoding = /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64';
  // Node.js would skip characters outside the base64 alphabet.
  const bytes = Buffer.from(encoding === 'hex' || /^[\w+/-]{43}=?$/.test(text) ? text : '', encoding);
  if (bytes.length !== keyBytes) {
    throw new ConfigurationError(name, `must be ${keyBytes} random bytes: openssl rand -base64 ${keyBytes}`);
  }
  return bytes;
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** Creates a file that only its owner may read. @returns false if another process was first */
const writeOnce = (file: string): Promise<boolean> =>
  createWholeFile(file, `${randomBytes(keyBytes).toString('base64')}\n`, 0o600);
