import { ConfigurationError } from '@connect-auth/core';
import { type Type, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard } from '../guard/connect-auth.guard.js';
import { HandlerGuard } from '../guard/handler.guard.js';
import {
  type AccessDeclaration,
  type AccessDemand,
  addDeclaration,
  declarationsOn,
  isDemand,
} from './access-declaration.js';
import { guardsOf, ownGuardsOf } from './access-guard.js';
import { markHandler } from './handler-names.js';

/** A decorator for classes and methods. */
export type AccessDecorator = ClassDecorator & MethodDecorator;

/**
 * Makes a decorator that declares something about access and, unless it opens the route to everybody, puts the guard
 * that enforces it in the same place, once: to forget `@UseGuards` opens nothing.
 */
export function accessDecorator(declaration: AccessDeclaration): AccessDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (name === undefined) declareOnClass(declaration, target as Type);
    else declareOnMethod(declaration, target, name, descriptor);
  };
}

function declareOnClass(declaration: AccessDeclaration, type: Type): void {
  refuseContradiction(declaration, declarationsOn(type), type.name);
  addDeclaration(declaration, type);
  if (needsGuard(declaration) && !ownGuardsOf(type).includes(ConnectAuthGuard)) UseGuards(ConnectAuthGuard)(type);
}

function declareOnMethod(
  declaration: AccessDeclaration,
  prototype: object,
  key: string | symbol,
  descriptor: PropertyDescriptor | undefined,
): void {
  const name = String(key);
  const method: unknown = descriptor?.value;
  if (typeof method !== 'function' || typeof prototype === 'function') {
    throw new ConfigurationError(declaration.call, `stands on ${name}: it is for classes and methods`);
  }
  refuseContradiction(declaration, declarationsOn(prototype, name), `${prototype.constructor.name}.${name}`);
  addDeclaration(declaration, prototype, name);
  addDeclaration(declaration, method);
  markHandler(method, name);
  if (!needsGuard(declaration)) return;
  if (!guardsOf(method).includes(ConnectAuthGuard)) UseGuards(ConnectAuthGuard)(prototype, key, { value: method });
  const onClass = guardsOf(prototype.constructor);
  if (!onClass.includes(HandlerGuard)) UseGuards(HandlerGuard)(prototype.constructor);
}

const needsGuard = (declaration: AccessDeclaration): boolean =>
  isDemand(declaration) || declaration.opens === 'optional';

/**
 * Refuses contradictions: one place can either be open or require something, and either a user or a client, not both.
 */
function refuseContradiction(declared: AccessDeclaration, others: readonly AccessDeclaration[], place: string): void {
  const other = others.find((each) => !isDemand(declared) || !isDemand(each) || areTwoActors(declared, each));
  if (other === undefined) return;
  throw new ConfigurationError(
    declared.call,
    `contradicts ${other.call} on ${place}: only one of them can stand there`,
  );
}

const areTwoActors = (one: AccessDemand, other: AccessDemand): boolean =>
  one.concern === 'actor' && other.concern === 'actor' && one.call !== other.call;
