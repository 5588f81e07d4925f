import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';

/**
 * Base of all guards of this package: a gate that only verified callers pass. Routes that have one count as guarded.
 */
export abstract class AccessGuard implements CanActivate {
  abstract canActivate(context: ExecutionContext): boolean | Promise<boolean>;
}

/** Whether something given to `@UseGuards` is such a gate: a class that extends this one, or an instance of one. */
export const isAccessGuard = (guard: unknown): boolean =>
  guard instanceof AccessGuard || (typeof guard === 'function' && (guard as Type).prototype instanceof AccessGuard);

/** Returns the guards of a class or function; for a class, including those of the classes that it extends. */
export const guardsOf = (target: unknown): readonly unknown[] =>
  typeof target === 'function' ? (Reflect.getMetadata(GUARDS_METADATA, target) ?? []) : [];

/** Returns the guards that were put on a class itself. Nest puts copies of those of its base class in front of them. */
export function ownGuardsOf(type: Type): readonly unknown[] {
  const own: readonly unknown[] = Reflect.getOwnMetadata(GUARDS_METADATA, type) ?? [];
  return own.slice(guardsOf(Object.getPrototypeOf(type)).length);
}
