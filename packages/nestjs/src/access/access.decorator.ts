import { ConfigurationError } from '@connect-auth/core';
import { UseGuards } from '@nestjs/common';
import { ConnectAuthGuard } from '../guard/connect-auth.guard.js';
import { type AccessDeclaration, addDeclaration, declarationsOn } from './access-declaration.js';

/** A decorator for classes and methods. */
export type AccessDecorator = ClassDecorator & MethodDecorator;

/**
 * Makes a decorator that declares something about access and, unless it opens the door to everybody, puts the guard that
 * sees to it in the same place: to forget `@UseGuards` opens nothing.
 */
export function accessDecorator(declaration: AccessDeclaration): AccessDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (name !== undefined && typeof descriptor?.value !== 'function') {
      throw new ConfigurationError(declaration.call, `stands on ${String(name)}: it is for classes and methods`);
    }
    const key = name === undefined ? undefined : String(name);
    refuseContradiction(declaration, declarationsOn(target, key), placeOf(target, key));
    addDeclaration(declaration, target, key);
    if ('opens' in declaration && declaration.opens === 'public') return;
    UseGuards(ConnectAuthGuard)(target as never, name as never, descriptor as never);
  };
}

const placeOf = (target: object, name: string | undefined): string =>
  name === undefined ? (target as { name: string }).name : `${target.constructor.name}.${name}`;

/** One place can be open or ask for something, for a user or for a client: it cannot be both. */
function refuseContradiction(declared: AccessDeclaration, others: readonly AccessDeclaration[], place: string): void {
  for (const other of others) {
    const bothActors = concernOf(declared) === 'actor' && concernOf(other) === 'actor';
    if ('opens' in declared || 'opens' in other || (bothActors && declared.call !== other.call)) {
      throw new ConfigurationError(
        declared.call,
        `contradicts ${other.call} on ${place}: only one of them can stand there`,
      );
    }
  }
}

const concernOf = (declaration: AccessDeclaration) => ('concern' in declaration ? declaration.concern : undefined);
