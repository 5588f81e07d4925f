import 'reflect-metadata';
import { checkText } from '@connect-auth/core/adapter';
import type { Type } from '@nestjs/common';
import { classChain, ownersOf } from '../access/class-chain.js';

const reasonKey = Symbol('connect-auth.org-exempt');

/**
 * Declares that a route, or every route of a class, has nothing to do with organizations, and why: for readers of the
 * code and for `undeclared: 'deny'`. It opens nothing: the other decorators decide who may call.
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

/**
 * Whether a route is exempt. A class that extends an exempt one must exempt the methods that it adds itself; it may
 * also exempt those that it inherits.
 */
export function isOrgExempt({ type, name }: { readonly type: Type; readonly name: string }): boolean {
  const chain = classChain(type);
  const owner = ownersOf(chain, name)[0];
  if (owner === undefined) return false;
  const classes = chain.slice(0, chain.indexOf(owner) + 1);
  return Reflect.hasOwnMetadata(reasonKey, owner.prototype, name) || classes.some(isExempt);
}

const isExempt = (type: Type): boolean => Reflect.hasOwnMetadata(reasonKey, type);
