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

/** RFC 2104 §3: at least as long as the hash; at most a block of it, so that it is not hashed first. @throws ConfigurationError */
export function checkSealKey(option: string, value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length < 32 || value.length > 64) {
    throw new ConfigurationError(option, 'must be 32 to 64 bytes');
  }
  return value;
}
