import { isTrustedUrl } from '../discovery/trusted-url.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { checkText } from './check-option.js';

/** @throws ConfigurationError unless the value is absent, or a URL that keys and introspection responses may be fetched from */
export function checkOptionalUrl(path: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const url = checkText(path, value);
  if (!isTrustedUrl(url)) throw new ConfigurationError(path, 'must be an https URL (http on loopback)');
  return url;
}

/** RFC 8414 §2: an https URL without query and fragment. @throws ConfigurationError */
export function checkIssuerUrl(path: string, value: unknown): string {
  const issuer = checkText(path, value);
  // The URL parser ignores white space and an empty fragment; the comparison with `iss` does not.
  if (!isTrustedUrl(issuer) || /[\s?#]/.test(issuer)) {
    throw new ConfigurationError(
      path,
      'must be an https URL (http on loopback) without credentials, query and fragment',
    );
  }
  return issuer;
}
