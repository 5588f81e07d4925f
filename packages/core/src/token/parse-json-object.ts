import { isUtf8 } from 'node:buffer';
import { InvalidTokenError } from '../errors/token-errors.js';
import type { JsonObject } from './unverified-jwt.js';

/** @throws InvalidTokenError `malformed` unless the bytes are UTF-8 and JSON and an object */
export function parseJsonObject(bytes: Buffer): JsonObject {
  if (!isUtf8(bytes)) throw new InvalidTokenError('malformed', 'UTF-8');
  const value = parseJson(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidTokenError('malformed', 'not an object');
  }
  return value as JsonObject;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the text, so it is not kept as a cause.
    throw new InvalidTokenError('malformed', 'JSON');
  }
}
