import { invalid } from '../errors/refusal.js';
import type { RedirectUri } from '../storage/schema/applications.js';
import type { WantedRedirectUri } from './new-application.js';

/** Schemes that a browser runs or displays instead of handing the code to an application. */
const dangerous = new Set(
  'javascript data vbscript file about blob ftp ws wss mailto tel sms intent view-source chrome'
    .split(' ')
    .map((scheme) => `${scheme}:`),
);

/**
 * Checks a URI that codes may be sent to: https, http on loopback, or an application's own scheme (RFC 8252 §7), in its
 * exact spelling and without a fragment (RFC 6749 §3.1.2).
 *
 * @returns what is wrong with it, in words; undefined if nothing is
 */
export function flawOfRedirectUri(uri: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'must be an absolute URI';
  // A browser would repair it; here only the exact spelling counts.
  if (/^https?:/i.test(uri) && !/^https?:\/\/[^/]/i.test(uri)) return 'must be an absolute URI';
  const url = new URL(uri);
  if (/^[^:]+:\/*$/.test(uri)) return 'must be an absolute URI';
  if (uri.includes('#')) return 'must have no fragment';
  if (url.username !== '' || url.password !== '') return 'must have no credentials';
  if (uri.includes('*')) return 'must have no wildcard';
  if (dangerous.has(url.protocol)) return `must not use ${url.protocol}`;
  if (url.protocol === 'http:' && !isLoopback(url)) return 'must use https, except on localhost';
  return undefined;
}

/**
 * Tells whether they belong to a native application (RFC 8252): with a scheme of its own, or on loopback, where the port
 * differs each time.
 */
export function isNative(uris: readonly string[]): boolean {
  const urls = uris.map((uri) => new URL(uri));
  if (urls.some(isSecureLoopback)) return false;
  return urls.some((url) => url.protocol !== 'https:');
}

/**
 * Makes exactly one the default: the one marked so, or else the first.
 *
 * @throws Refusal `invalid` for two defaults, and for a custom scheme beside https on localhost, a mix that neither a
 * web nor a native application may have
 */
export function resolveRedirectUris(wanted: readonly WantedRedirectUri[]): readonly RedirectUri[] {
  const urls = wanted.map(({ uri }) => new URL(uri));
  if (urls.some(isSecureLoopback) && urls.some(({ protocol }) => !['http:', 'https:'].includes(protocol))) {
    throw invalid({
      field: 'redirect_uris',
      code: 'redirect_uris_invalid',
      message: 'redirect_uris must not have both https on localhost and a scheme of its own.',
    });
  }
  const defaults = wanted.filter((one) => one.default === true);
  if (defaults.length > 1) {
    throw invalid({
      field: 'redirect_uris',
      code: 'multiple_defaults',
      message: 'Only one redirect URI can be the default.',
    });
  }
  const chosen = defaults[0] ?? wanted[0];
  return wanted.map((one) => ({ uri: one.uri, default: one === chosen }));
}

const isLoopback = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const isSecureLoopback = (url: URL) => url.protocol === 'https:' && isLoopback(url);
