import { guardsOf, isAccessGuard } from '../access/access-guard.js';
import { type AccessPolicy, readPolicy } from '../access/access-policy.js';
import { HandlerGuard } from '../guard/handler.guard.js';
import type { Route } from './route.js';

/**
 * Returns the requirements of a route on its callers. @throws ConfigurationError if a parameter could never have a
 * value
 */
export const policyOfRoute = ({ type, name, method }: Route): AccessPolicy => readPolicy(type, [name], method);

/** Whether a guard of this package runs for the route, apart from a global one. */
export function isGuarded(route: Route): boolean {
  const { type, method } = route;
  if ([...guardsOf(type), ...guardsOf(method)].some(isAccessGuard)) return true;
  return guardsOf(type).includes(HandlerGuard) && policyOfRoute(route).isDeclared;
}

/** Whether the route deliberately admits callers of every kind. */
export const isPublic = (route: Route): boolean => policyOfRoute(route).mode === 'public';

/** Whether the route declares something about access that only a guard can enforce. */
export const needsGuard = (route: Route): boolean =>
  !isPublic(route) && policyOfRoute(route).levels.some(({ asks, opens }) => asks || opens !== undefined);
