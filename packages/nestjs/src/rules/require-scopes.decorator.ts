import { allScopesRule, anyScopeRule } from '@connect-auth/core/adapter';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';

/**
 * Allows callers whose token was granted every one of these scopes; others get 403 `insufficient_scope`. Applies
 * `ConnectAuthGuard` itself. On a method, it replaces the class's declaration about scopes.
 *
 * @throws ConfigurationError when the class is declared, if no scope is named, or something that is not a scope
 */
export const RequireScopes = (...scopes: readonly string[]): AccessDecorator =>
  accessDecorator({ call: '@RequireScopes()', concern: 'scopes', rule: allScopesRule(...scopes), scopes });

/**
 * Allows callers whose token was granted at least one of these scopes; others get 403 `insufficient_scope`. Applies
 * `ConnectAuthGuard` itself. On a method, it replaces the class's declaration about scopes.
 *
 * @throws ConfigurationError when the class is declared, if no scope is named, or something that is not a scope
 */
export const RequireAnyScope = (...scopes: readonly string[]): AccessDecorator =>
  accessDecorator({ call: '@RequireAnyScope()', concern: 'scopes', rule: anyScopeRule(...scopes), scopes });
