import type { Type } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { type AccessDeclaration, declarationsOn, needsOn, type ParameterNeed } from './access-declaration.js';
import { isAccessGuard } from './access-guard.js';

/** What is declared at one place: on the method, on its class, or on a class that this one extends. */
export interface AccessLevel {
  readonly declarations: readonly AccessDeclaration[];
  readonly opens: 'public' | 'optional' | undefined;
  /** Whether a guard of this package was put here. */
  readonly guarded: boolean;
  /** Whether this place asks for a token: it demands something of the caller, or has the guard and opens nothing. */
  readonly asks: boolean;
}

/** The levels of a method, the nearest first. */
export function levelsOf(type: Type, name: string): readonly AccessLevel[] {
  const classes = classChain(type);
  return [methodLevel(classes, name), ...classes.map(classLevel)];
}

/** A class and those that it extends, itself first. */
export function classChain(type: Type): readonly Type[] {
  const chain: Type[] = [];
  for (let at: unknown = type; typeof at === 'function' && at.prototype !== undefined; at = Object.getPrototypeOf(at)) {
    chain.push(at as Type);
  }
  return chain;
}

/** What the parameters of the method that runs need: those of the nearest class that has it. */
export function needsOf(type: Type, name: string): readonly ParameterNeed[] {
  const owner = classChain(type).find(({ prototype }) => Object.hasOwn(prototype, name));
  return owner === undefined ? [] : needsOn(owner.prototype, name);
}

/**
 * A method that overrides another and says nothing itself asks for what that one asked for; what was open there is not
 * open here, since somebody may have forgotten it.
 */
function methodLevel(classes: readonly Type[], name: string): AccessLevel {
  const owners = classes.filter(({ prototype }) => Object.hasOwn(prototype, name));
  const speaking = owners.find(({ prototype }) => declarationsOn(prototype, name).length > 0);
  const declarations = speaking === undefined ? [] : declarationsOn(speaking.prototype, name);
  const counted = speaking === owners[0] ? declarations : declarations.filter((each) => 'concern' in each);
  return toLevel(counted, guardsOf(owners[0]?.prototype[name]));
}

function classLevel(type: Type): AccessLevel {
  // Nest copies the guards of the class that is extended in front of those that are added.
  const inherited = guardsOf(Object.getPrototypeOf(type));
  const own: readonly unknown[] = Reflect.getOwnMetadata(GUARDS_METADATA, type) ?? [];
  return toLevel(declarationsOn(type), own.slice(inherited.length));
}

function toLevel(declarations: readonly AccessDeclaration[], guards: readonly unknown[]): AccessLevel {
  const opens = declarations.flatMap((declaration) => ('opens' in declaration ? declaration.opens : []))[0];
  const demands = declarations.some((declaration) => 'concern' in declaration);
  const guarded = guards.some(isAccessGuard);
  return { declarations, opens, guarded, asks: demands || (opens === undefined && guarded) };
}

/** The guards of a class or method, those of the classes that it extends among them. */
export const guardsOf = (target: unknown): readonly unknown[] =>
  typeof target === 'function' ? (Reflect.getMetadata(GUARDS_METADATA, target) ?? []) : [];
