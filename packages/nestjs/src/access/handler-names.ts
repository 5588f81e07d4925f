import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { methodNames, methodOf } from './class-chain.js';

const namesKey = Symbol('connect-auth.names');

/** Writes on a function under which name a class has it. Instrumentation that wraps functions takes such marks along. */
export function markHandler(method: object, name: string): void {
  const names = marksOf(method) ?? [];
  if (!names.includes(name)) Reflect.defineMetadata(namesKey, [...names, name], method);
}

const marksOf = (method: object | undefined): readonly string[] | undefined =>
  method && Reflect.getOwnMetadata(namesKey, method);

/**
 * Under which names a class has the function that is about to run. None, if it is neither a method of the class nor a
 * wrapper that has taken the marks of one along: one that was bound to its object, say.
 */
export function namesOfHandler(type: Type, handler: object): readonly string[] {
  const names = methodNames(type).filter((name) => methodOf(type, name) === handler);
  if (names.length > 0) return names;
  const marks = marksOf(handler);
  // The very list: another method of the same name in another class has another one.
  return marks?.filter((name) => marksOf(methodOf(type, name)) === marks) ?? [];
}
