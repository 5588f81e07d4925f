/** `localhost`, 127.0.0.0/8 and ::1: traffic to these does not leave the machine. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether keys, metadata and answers about tokens may be fetched from this URL: over TLS, or from the machine itself,
 * and without credentials in it (RFC 8414 §2, RFC 7662 §4).
 */
export function isTrustedUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
}
