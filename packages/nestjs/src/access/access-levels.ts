import type { Type } from '@nestjs/common';
import { type AccessDeclaration, declarationsOn, isDemand, needsOn, type ParameterNeed } from './access-declaration.js';
import { guardsOf, isAccessGuard, ownGuardsOf } from './access-guard.js';
import { classChain, ownersOf } from './class-chain.js';

/** The declarations at one place: on the method, on its class, or on a class that this one extends. */
export interface AccessLevel {
  readonly declarations: readonly AccessDeclaration[];
  readonly opens: 'public' | 'optional' | undefined;
  /** Whether a guard of this package was applied here. */
  readonly guarded: boolean;
  /** Whether this place requires a token: it demands something of the caller, or has the guard and opens nothing. */
  readonly asks: boolean;
}

/**
 * Returns the levels of a handler, the nearest first. A class that is open is open for its own methods and for those
 * that it inherits; a class that extends it must open its own methods itself, since their author may have forgotten
 * that they end up in an open class.
 *
 * @param names the names under which the class has the function
 */
export function levelsOf(type: Type, names: readonly string[], handler: object | undefined): readonly AccessLevel[] {
  const classes = classChain(type);
  const owners = classes.filter(({ prototype }) => names.some((name) => Object.hasOwn(prototype, name)));
  const ownerAt = owners[0] === undefined ? 0 : classes.indexOf(owners[0]);
  return [...methodLevels(owners, names, handler), ...classes.map((each, at) => classLevel(each, at <= ownerAt))];
}

/** Returns the needs of a handler's parameters, as declared in the nearest class that has it. */
export const needsOf = (type: Type, names: readonly string[]): readonly ParameterNeed[] =>
  names.flatMap((name) => {
    const owner = ownersOf(classChain(type), name)[0];
    return owner === undefined ? [] : needsOn(owner.prototype, name);
  });

/**
 * Returns the level of the method that runs, and then those of the methods that it overrides: their demands apply here,
 * too, but their openings do not.
 */
function methodLevels(owners: readonly Type[], names: readonly string[], handler: object | undefined): AccessLevel[] {
  return (owners.length > 0 ? owners : [undefined]).map((owner, at) => {
    const underName = owner === undefined ? [] : names.flatMap((name) => declarationsOn(owner.prototype, name));
    if (at > 0) return toLevel(underName.filter(isDemand), []);
    const onFunction = handler === undefined ? [] : declarationsOn(handler);
    return toLevel([...new Set([...underName, ...onFunction])], guardsOf(handler));
  });
}

function classLevel(type: Type, mayOpen: boolean): AccessLevel {
  const declarations = declarationsOn(type);
  return toLevel(mayOpen ? declarations : declarations.filter(isDemand), ownGuardsOf(type));
}

function toLevel(declarations: readonly AccessDeclaration[], guards: readonly unknown[]): AccessLevel {
  const opens = declarations.flatMap((declaration) => (isDemand(declaration) ? [] : declaration.opens))[0];
  const guarded = guards.some(isAccessGuard);
  return { declarations, opens, guarded, asks: declarations.some(isDemand) || (opens === undefined && guarded) };
}
