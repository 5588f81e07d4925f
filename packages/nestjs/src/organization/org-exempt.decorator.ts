import 'reflect-metadata';
import { checkText } from '@connect-auth/core/adapter';
import type { Type } from '@nestjs/common';
import { classChain, ownersOf } from '../access/class-chain.js';

const reasonKey = Symbol('connect-auth.org-exempt');

/**
 * Says that a route, or all routes of a class, have nothing to do with organizations, and why, for `undeclared: 'deny'`
 * and for whoever reads the code. It opens nothing: who may call is for the other decorators to say.
 *
 * @throws ConfigurationError without a reason
 */
export function OrgExempt(reason: string): ClassDecorator & MethodDecorator {
  checkText('@OrgExempt() reason', reason);
  return (target: object, name?: string | symbol): void => {
    if (name === undefined) Reflect.defineMetadata(reasonKey, reason, target);
    else Reflect.defineMetadata(reasonKey, reason, target, name);
  };
}

/** A class that extends an exempt one says so itself for what it adds; what it inherits it may exempt, too. */
export function isOrgExempt({ type, name }: { readonly type: Type; readonly name: string }): boolean {
  const chain = classChain(type);
  const owner = ownersOf(chain, name)[0];
  if (owner === undefined) return false;
  const classes = chain.slice(0, chain.indexOf(owner) + 1);
  return Reflect.hasOwnMetadata(reasonKey, owner.prototype, name) || classes.some(isExempt);
}

const isExempt = (type: Type): boolean => Reflect.hasOwnMetadata(reasonKey, type);
