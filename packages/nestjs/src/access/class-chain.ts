import type { Type } from '@nestjs/common';

/** Returns a class and the classes that it extends, itself first. */
export function classChain(type: Type): readonly Type[] {
  const chain: Type[] = [];
  for (let at: unknown = type; typeof at === 'function' && at.prototype !== undefined; at = Object.getPrototypeOf(at)) {
    chain.push(at as Type);
  }
  return chain;
}

/** Returns the classes of a chain that have a method, or another member, of this name themselves. */
export const ownersOf = (chain: readonly Type[], name: string): readonly Type[] =>
  chain.filter(({ prototype }) => Object.hasOwn(prototype, name));

/** Returns the function that runs under a name, without running a getter. */
export function methodOf(type: Type, name: string): object | undefined {
  const owner = ownersOf(classChain(type), name)[0];
  const method: unknown = owner && Object.getOwnPropertyDescriptor(owner.prototype, name)?.value;
  return typeof method === 'function' ? method : undefined;
}

/** Returns the names of all methods of a class, including inherited ones. */
export function methodNames(type: Type): readonly string[] {
  const names = classChain(type).flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
  return [...new Set(names)].filter((name) => name !== 'constructor' && methodOf(type, name) !== undefined);
}
