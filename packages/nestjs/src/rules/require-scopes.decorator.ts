import { allScopesRule, anyScopeRule } from '@connect-auth/core/adapter';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';

/**
 * Lets pass callers whose token was granted every one of these scopes; others get 403 `insufficient_scope`. Applies
 * `ConnectAuthGuard` itself. On a method it replaces what the class says about scopes.
 *
 * @throws ConfigurationError where the class is declared, if no scope is named or something that is none
 */
export const RequireScopes = (...scopes: readonly string[]): AccessDecorator =>
  accessDecorator({ call: '@RequireScopes()', concern: 'scopes', rule: allScopesRule(...scopes), scopes });

/**
 * Lets pass callers whose token was granted at least one of these scopes; others get 403 `insufficient_scope`. Applies
 * `ConnectAuthGuard` itself. On a method it replaces what the class says about scopes.
 *
 * @throws ConfigurationError where the class is declared, if no scope is named or something that is none
 */
export const RequireAnyScope = (...scopes: readonly string[]): AccessDecorator =>
  accessDecorator({ call: '@RequireAnyScope()', concern: 'scopes', rule: anyScopeRule(...scopes), scopes });
