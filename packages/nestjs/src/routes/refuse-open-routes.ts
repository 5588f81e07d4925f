import { ConfigurationError } from '@connect-auth/core';
import { nearestDemands } from '../access/access-policy.js';
import { placeOf, type Route } from './route.js';
import { isGuarded, isPublic, needsGuard, policyOfRoute } from './route-access.js';

/**
 * Refuses routes that require something but have lost their guard: to a decorator that put another function in the
 * method's place, or to a method that overrides a guarded one.
 *
 * @param routes the routes that no global guard protects
 * @throws ConfigurationError listing them
 */
export function refuseLostGuards(routes: readonly Route[]): void {
  const lost = routes.filter((route) => needsGuard(route) && !isGuarded(route));
  refuse(
    lost,
    'ConnectAuthGuard',
    (list) => `does not run for ${list}, which ask something of the caller: declare it on the method that runs`,
  );
}

/**
 * Refuses routes that nobody has decided about: neither protected nor public.
 *
 * @param routes the routes that no global guard protects
 * @throws ConfigurationError listing them
 */
export function refuseUndecided(routes: readonly Route[]): void {
  const undecided = routes.filter((route) => route.kind !== 'field' && !isPublic(route) && !isGuarded(route));
  refuse(
    undecided,
    'checkRoutes',
    (list) =>
      `found routes that are neither protected nor public: ${list}. Put @UseGuards(ConnectAuthGuard), a @Require… decorator or @Public() on each`,
  );
}

/**
 * Refuses field resolvers that require something although guards do not run for them.
 *
 * @throws ConfigurationError listing them
 */
export function refuseUnguardedFields(routes: readonly Route[]): void {
  const fields = routes.filter((route) => route.kind === 'field' && asksOfField(route));
  refuse(
    fields,
    'fieldResolverEnhancers',
    (list) => `of GraphQLModule must include 'guards': nothing sees to what ${list} asks of the caller`,
  );
}

/**
 * Whether a field resolver requires something of its own. A guard on the class is for its queries: that alone does not
 * extend it to the fields.
 */
function asksOfField(route: Route): boolean {
  const { levels } = policyOfRoute(route);
  return levels[0]?.guarded === true || nearestDemands(levels).length > 0;
}

function refuse(routes: readonly Route[], option: string, problem: (list: string) => string): void {
  if (routes.length === 0) return;
  throw new ConfigurationError(option, problem(routes.map((route) => `${placeOf(route)} (${route.kind})`).join(', ')));
}
