import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';

/** What every guard of this package is: a gate that only verified callers pass, and by which routes count as guarded. */
export abstract class AccessGuard implements CanActivate {
  abstract canActivate(context: ExecutionContext): boolean | Promise<boolean>;
}

/** Whether something given to `@UseGuards` is such a gate: the class, a subclass, or an object of one. */
export const isAccessGuard = (guard: unknown): boolean =>
  guard instanceof AccessGuard || (typeof guard === 'function' && (guard as Type).prototype instanceof AccessGuard);

/** The guards of a class or function; of a class, those of the classes that it extends among them. */
export const guardsOf = (target: unknown): readonly unknown[] =>
  typeof target === 'function' ? (Reflect.getMetadata(GUARDS_METADATA, target) ?? []) : [];

/** The guards that were put on a class itself. Nest copies those of the class that it extends in front of them. */
export function ownGuardsOf(type: Type): readonly unknown[] {
  const own: readonly unknown[] = Reflect.getOwnMetadata(GUARDS_METADATA, type) ?? [];
  return own.slice(guardsOf(Object.getPrototypeOf(type)).length);
}
