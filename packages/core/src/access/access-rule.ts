import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';

/** A route's requirement of its callers: returns for a caller that meets it, and throws the refusal for any other. */
export type AccessRule = (auth: Auth) => void;

/** RFC 6749 §3.3, `scope-token`. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Checks the scopes of a rule once, when the route is declared. A rule without scopes, or with one that no token can have,
 * is a mistake.
 *
 * @param call how the rule was written: `requireScopes`
 * @throws ConfigurationError
 */
export function checkScopeRule(call: string, scopes: readonly unknown[]): readonly string[] {
  if (scopes.length === 0) throw new ConfigurationError(`${call}()`, 'needs at least one scope');
  for (const scope of scopes) {
    if (typeof scope !== 'string' || !scopeToken.test(scope)) {
      throw new ConfigurationError(
        `${call}()`,
        'takes scopes one by one, each a string without spaces, quotes or backslashes (RFC 6749 §3.3)',
      );
    }
  }
  return Object.freeze([...(scopes as readonly string[])]);
}
