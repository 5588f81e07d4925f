import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { checkKid, checkSealKey } from './seal-key.js';

/** How the organization is sealed for `bind_org`. */
export interface SealOptions {
  readonly kid: string;
  /** The key that `sealKeySql` stored under this `kid`: 32 to 64 bytes. */
  readonly key: Uint8Array;
  /** How long a seal can be used. Each is made for one transaction, so that seconds are enough. Default: 60. */
  readonly ttlSeconds?: number;
}

export type SealSettings = Required<SealOptions>;

/** @throws ConfigurationError */
export function resolveSealOptions(option: string, seal: unknown): SealSettings {
  if (typeof seal !== 'object' || seal === null) {
    throw new ConfigurationError(option, 'must be { kid, key } in a sealed context');
  }
  checkKnown(option, seal, ['kid', 'key', 'ttlSeconds']);
  const { kid, key, ttlSeconds = 60 } = seal as SealOptions;
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1) {
    throw new ConfigurationError(`${option}.ttlSeconds`, 'must be a whole number of at least 1');
  }
  return { kid: checkKid(`${option}.kid`, kid), key: checkSealKey(`${option}.key`, key), ttlSeconds };
}
