/** `localhost`, 127.0.0.0/8 and ::1: traffic to them does not leave the machine. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether keys, metadata and introspection responses may be fetched from this URL: https, or http on loopback, and without
 * credentials or a fragment (RFC 8414 §2, RFC 7662 §4).
 */
export function isTrustedUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
}
