import { isAccessGuard } from '../access/access-guard.js';
import { guardsOf, levelsOf } from '../access/access-levels.js';
import { readPolicy } from '../access/access-policy.js';
import type { Route } from './route.js';

/** Whether a guard of this package stands at the method that runs, or at its class. */
export const isGuarded = ({ type, name }: Route): boolean =>
  [...guardsOf(type), ...guardsOf(type.prototype[name])].some(isAccessGuard);

/** Whether callers of every kind are let in on purpose. */
export const isPublic = ({ type, name }: Route): boolean => readPolicy(type, name).mode === 'public';

/** Whether something is said about access that only a guard can see to. */
export const needsGuard = (route: Route): boolean =>
  !isPublic(route) && levelsOf(route.type, route.name).some(({ asks, opens }) => asks || opens !== undefined);
