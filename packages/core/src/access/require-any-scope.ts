import type { Auth } from '../auth/auth.js';
import { InsufficientScopeError } from '../errors/permission-errors.js';
import { type AccessRule, checkScopeRule } from './access-rule.js';

/** Whether the token was granted at least one of these scopes, to the letter. With no scope named the answer is no. */
export function hasAnyScope(auth: Auth, ...scopes: readonly string[]): boolean {
  return scopes.some((scope) => auth.scopes.has(scope));
}

/**
 * Stage 7: lets pass who was granted at least one of these scopes.
 *
 * @throws InsufficientScopeError, naming all of them: any one would do
 * @throws ConfigurationError if no scope is named, or something that is none
 */
export function requireAnyScope(auth: Auth, ...scopes: readonly string[]): void {
  anyScopeRule(...scopes)(auth);
}

/** The same as a rule, checked once where a route is declared. @throws ConfigurationError */
export function anyScopeRule(...scopes: readonly string[]): AccessRule {
  const sufficient = checkScopeRule('requireAnyScope', scopes);
  return (auth) => {
    if (!hasAnyScope(auth, ...sufficient)) throw new InsufficientScopeError(sufficient);
  };
}
