import { ConfigurationError } from '@connect-auth/core';
import { currentOrg } from '../frame/current-org.js';

/** A part of a key. A number and its text make the same part. */
export type OrgKeyPart = string | number | bigint | boolean;

/**
 * Makes the key of a cache entry, of a lock, of a file: starts with the organization that the current work is done for,
 * so that no entry is ever found for another. Different parts make different keys, whatever characters are in them.
 *
 * `orgKey('report', 7)` is `org:org_123:report:7`.
 *
 * @throws OrgContextError `org_context_missing` outside a frame
 * @throws ConfigurationError for a part that is not a text, number or boolean: `undefined` would be one entry for all
 */
export function orgKey(...parts: readonly OrgKeyPart[]): string {
  return ['org', currentOrg(), ...parts].map(encodePart).join(':');
}

function encodePart(part: unknown): string {
  if (typeof part === 'string') return escapePart(part);
  if (typeof part === 'bigint' || typeof part === 'boolean' || Number.isFinite(part)) return String(part);
  throw new ConfigurationError('orgKey()', 'takes texts, finite numbers and booleans');
}

/** Escapes the separator, the escape character, and half surrogates, all of which UTF-8 would write alike. */
const escapePart = (text: string): string =>
  text.replace(/[%:\p{Surrogate}]/gu, (char) => `%${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
