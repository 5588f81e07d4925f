import { ConfigurationError } from '@connect-auth/core';
import type { ModulesContainer } from '@nestjs/core';
import { nearestDemands } from '../access/access-policy.js';
import { isOrgExempt } from '../organization/org-exempt.decorator.js';
import { placeOf, type Route } from './route.js';
import { policyOfRoute } from './route-access.js';

/**
 * Refuses HTTP routes that declare nothing about organizations.
 *
 * @throws ConfigurationError listing them
 */
export function refuseUndeclaredOrg(routes: readonly Route[]): void {
  const silent = routes.filter(
    (route) => route.kind === 'http' && !policyOfRoute(route).namesOrg && !isOrgExempt(route),
  );
  if (silent.length === 0) return;
  throw new ConfigurationError(
    'undeclared',
    `found routes that say nothing about organizations: ${silent.map(placeOf).join(', ')}. Put @RequireOrg(), @OrgParam(), @OrgOwned() or @OrgExempt(reason) on each`,
  );
}

/**
 * Refuses routes whose object is loaded by a class that no module provides, and routes other than HTTP that check the
 * request.
 *
 * @throws ConfigurationError naming the decorator and the route
 */
export function refuseUnprovidedLoaders(routes: readonly Route[], modules: ModulesContainer): void {
  for (const route of routes) {
    for (const { call, provider, check } of nearestDemands(policyOfRoute(route).levels)) {
      if (check !== undefined && route.kind !== 'http') {
        throw new ConfigurationError(`${call} on ${placeOf(route)}`, 'is for HTTP routes');
      }
      if (provider !== undefined && ![...modules.values()].some(({ providers }) => providers.has(provider))) {
        throw new ConfigurationError(
          `${call} on ${placeOf(route)}`,
          `loads by ${provider.name}, which no module provides`,
        );
      }
    }
  }
}
