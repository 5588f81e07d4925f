import { invalid } from '../errors/refusal.js';
import type { RedirectUri } from '../storage/schema/applications.js';
import type { WantedRedirectUri } from './new-application.js';

/** Schemes that a browser runs or shows, instead of handing the code to an application. */
const dangerous = new Set(
  'javascript data vbscript file about blob ftp ws wss mailto tel sms intent view-source chrome'
    .split(' ')
    .map((scheme) => `${scheme}:`),
);

/**
 * Where codes may be sent: https, http on the machine itself, or an application's own scheme (RFC 8252 §7), to the letter
 * and without a fragment (RFC 6749 §3.1.2).
 *
 * @returns what is wrong with it, in words
 */
export function flawOfRedirectUri(uri: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'must be an absolute URI';
  // A browser would mend it; here it counts to the letter.
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
 * Whether they are a native application's (RFC 8252): with a scheme of its own, or on the machine itself, where the port is
 * another one each time.
 */
export function isNative(uris: readonly string[]): boolean {
  const urls = uris.map((uri) => new URL(uri));
  if (urls.some(isSecureLoopback)) return false;
  return urls.some((url) => url.protocol !== 'https:');
}

/**
 * Exactly one is the default: the one that says so, else the first.
 *
 * @throws Refusal `invalid` for two of them, and for a scheme of its own beside https on localhost, which no one kind of
 * application has
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
