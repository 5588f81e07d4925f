import { InvalidTokenError } from '../errors/token-errors.js';

/**
 * Decodes base64url without padding (RFC 7515 §2), and only the one text that each value has: characters outside the
 * alphabet and stray trailing bits are refused. Otherwise one signature would stand in many tokens, and whoever keeps a
 * list of tokens could be walked around.
 *
 * @throws InvalidTokenError `malformed`
 */
export function decodeBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new InvalidTokenError('malformed', 'base64url');
  return bytes;
}
