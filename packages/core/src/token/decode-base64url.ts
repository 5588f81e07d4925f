import { InvalidTokenError } from '../errors/token-errors.js';

/**
 * Decodes base64url without padding (RFC 7515 §2), and accepts only the canonical text of a value: characters outside the
 * alphabet and stray trailing bits are refused. Otherwise one token could be written in many ways, and a list of revoked
 * tokens could be bypassed.
 *
 * @throws InvalidTokenError `malformed`
 */
export function decodeBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new InvalidTokenError('malformed', 'base64url');
  return bytes;
}
