import { ConfigurationError } from './configuration-error.js';

/** Printable ASCII: what a quoted-string may hold in any encoding (RFC 9110 §5.6.4). */
const printable = /^[\x20-\x7e]*$/;

/**
 * Writes one `name="value"` of a challenge (RFC 9110 §11.2), with quotes and backslashes escaped.
 *
 * @throws ConfigurationError if a character of the value would break the header
 */
export function quoteParameter(name: string, value: string): string {
  if (typeof value !== 'string' || !printable.test(value)) {
    throw new ConfigurationError(name, 'must hold printable ASCII characters only, since it stands in a header');
  }
  return `${name}="${value.replace(/["\\]/g, '\\$&')}"`;
}
