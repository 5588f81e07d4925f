import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';

/** What a route asks of its callers: returns, or throws the error that refuses them. */
export type AccessRule = (auth: Auth) => void;

/** RFC 6749 §3.3, `scope-token`. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Checks the scopes that a route asks for, once, when the route is declared. A rule that asks for nothing, or for
 * something that no token can have, is a mistake and not a rule.
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
