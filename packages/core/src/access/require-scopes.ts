import type { Auth } from '../auth/auth.js';
import { InsufficientScopeError } from '../errors/permission-errors.js';
import { type AccessRule, checkScopeRule } from './access-rule.js';

/** Whether the token was granted every one of exactly these scopes. False if no scope is named. */
export function hasScopes(auth: Auth, ...scopes: readonly string[]): boolean {
  return scopes.length > 0 && scopes.every((scope) => auth.scopes.has(scope));
}

/**
 * Stage 7: requires that the token was granted every one of these scopes.
 *
 * @throws InsufficientScopeError, naming all of them
 * @throws ConfigurationError if no scope is named, or a value is not a scope
 */
export function requireScopes(auth: Auth, ...scopes: readonly string[]): void {
  allScopesRule(...scopes)(auth);
}

/** Makes a rule of `requireScopes`, checked once where the route is declared. @throws ConfigurationError */
export function allScopesRule(...scopes: readonly string[]): AccessRule {
  const required = checkScopeRule('requireScopes', scopes);
  return (auth) => {
    if (!hasScopes(auth, ...required)) throw new InsufficientScopeError(required);
  };
}
