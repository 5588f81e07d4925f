import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { methodNames, methodOf } from './class-chain.js';

const namesKey = Symbol('connect-auth.names');

/**
 * Marks a function with the name under which a class has it. Instrumentation that wraps functions copies such marks
 * along.
 */
export function markHandler(method: object, name: string): void {
  const names = marksOf(method) ?? [];
  if (!names.includes(name)) Reflect.defineMetadata(namesKey, [...names, name], method);
}

const marksOf = (method: object | undefined): readonly string[] | undefined =>
  method && Reflect.getOwnMetadata(namesKey, method);

/**
 * Returns the names under which a class has the function that is about to run. There are none if it is neither a method
 * of the class nor a wrapper that has copied the marks of one: a function that was bound to its object, say.
 */
export function namesOfHandler(type: Type, handler: object): readonly string[] {
  const names = methodNames(type).filter((name) => methodOf(type, name) === handler);
  if (names.length > 0) return names;
  const marks = marksOf(handler);
  // Compared by identity: a method of the same name in another class has a list of its own.
  return marks?.filter((name) => marksOf(methodOf(type, name)) === marks) ?? [];
}
