import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';

/** What every guard of this package is: a gate that only verified callers pass, and by which routes count as guarded. */
export abstract class AccessGuard implements CanActivate {
  abstract canActivate(context: ExecutionContext): boolean | Promise<boolean>;
}

/** Whether something given to `@UseGuards` is such a gate: the class, a subclass, or an object of one. */
export const isAccessGuard = (guard: unknown): boolean =>
  guard instanceof AccessGuard || (typeof guard === 'function' && (guard as Type).prototype instanceof AccessGuard);
