import type { Auth } from '../auth/auth.js';
import { InsufficientScopeError } from '../errors/permission-errors.js';
import { type AccessRule, checkScopeRule } from './access-rule.js';

/** Whether the token was granted at least one of exactly these scopes. False if no scope is named. */
export function hasAnyScope(auth: Auth, ...scopes: readonly string[]): boolean {
  return scopes.some((scope) => auth.scopes.has(scope));
}

/**
 * Stage 7: requires that the token was granted at least one of these scopes.
 *
 * @throws InsufficientScopeError, naming all of them: any one is sufficient
 * @throws ConfigurationError if no scope is named, or a value is not a scope
 */
export function requireAnyScope(auth: Auth, ...scopes: readonly string[]): void {
  anyScopeRule(...scopes)(auth);
}

/** Makes a rule of `requireAnyScope`, checked once where the route is declared. @throws ConfigurationError */
export function anyScopeRule(...scopes: readonly string[]): AccessRule {
  const sufficient = checkScopeRule('requireAnyScope', scopes);
  return (auth) => {
    if (!hasAnyScope(auth, ...sufficient)) throw new InsufficientScopeError(sufficient);
  };
}
