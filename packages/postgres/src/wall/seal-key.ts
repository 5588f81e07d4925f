import { ConfigurationError } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';

/** @throws ConfigurationError */
export function checkKid(option: string, value: unknown): string {
  const kid = checkText(option, value);
  if (!/^[\w-]{1,64}$/.test(kid)) {
    throw new ConfigurationError(option, 'must be 1 to 64 letters, digits, underscores and hyphens');
  }
  return kid;
}

/** RFC 2104 §3: at least the length of the hash; at most its block, so that it goes in as it is. @throws ConfigurationError */
export function checkSealKey(option: string, value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length < 32 || value.length > 64) {
    throw new ConfigurationError(option, 'must be 32 to 64 bytes');
  }
  return value;
}
