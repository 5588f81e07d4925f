import { allScopesRule, anyScopeRule } from '@connect-auth/core/adapter';
import type { RequestHandler } from 'express';
import { ruleGuard } from './guard.js';

/**
 * Allows callers whose token was granted every one of these scopes; others get 403 `insufficient_scope`.
 *
 * @throws ConfigurationError where the route is declared, if no scope is named or a value is not a scope
 */
export const requireScopes = (...scopes: readonly string[]): RequestHandler =>
  ruleGuard('requireScopes()', allScopesRule(...scopes));

/**
 * Allows callers whose token was granted at least one of these scopes; others get 403 `insufficient_scope`.
 *
 * @throws ConfigurationError where the route is declared, if no scope is named or a value is not a scope
 */
export const requireAnyScope = (...scopes: readonly string[]): RequestHandler =>
  ruleGuard('requireAnyScope()', anyScopeRule(...scopes));
