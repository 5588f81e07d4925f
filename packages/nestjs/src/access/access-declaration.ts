import 'reflect-metadata';
import type { AccessRule } from '@connect-auth/core/adapter';
import type { Type } from '@nestjs/common';
import type { RequestCheck } from './request-check.js';

/** The subject of a decorator. A handler's declaration about one of these replaces that of its class. */
type AccessConcern = 'scopes' | 'org' | 'actor' | 'live' | OrgConcern;

/** The subjects that concern the request, and not the token alone. */
type OrgConcern = 'org-path' | 'org-header' | 'org-query' | 'org-body' | 'org-stamp' | 'org-owned' | 'cross-org';

/** A requirement on the caller. */
export interface AccessDemand {
  readonly call: string;
  readonly concern: AccessConcern;
  readonly rule?: AccessRule;
  /** The part of the request that it is about: the name of a parameter. Each is a concern of its own. */
  readonly subject?: string;
  /** Check of the request. It runs after all rules, with the caller in the frame. */
  readonly check?: RequestCheck;
  /** Whether it declares something about organizations without `requireOrg` itself as its rule. */
  readonly namesOrg?: boolean;
  /** A provider that the check needs. */
  readonly provider?: Type;
  /** The scopes required, for the API's description. */
  readonly scopes?: readonly string[];
  /** The path parameter that is read, for the API's description. */
  readonly pathParameter?: string;
}

/** Opens a route to everybody, or also to callers without any token. */
interface AccessOpening {
  readonly call: string;
  readonly opens: 'public' | 'optional';
}

export type AccessDeclaration = AccessDemand | AccessOpening;

export const isDemand = (declaration: AccessDeclaration): declaration is AccessDemand => 'concern' in declaration;

/**
 * The requirements for a parameter to have a value at all. `takesNobody`: it also has one for callers without a token.
 */
export interface ParameterNeed {
  readonly call: string;
  readonly rule?: AccessRule;
  readonly takesNobody?: boolean;
  /** The concern that the route must declare something about. */
  readonly concern?: AccessConcern;
}

const declarationsKey = Symbol('connect-auth.access');
const needsKey = Symbol('connect-auth.parameters');

/**
 * Returns the declarations of a target itself. They are kept under the method's name, so that a decorator that replaces
 * the function does not remove them; and on the function, so that they go along if it is put under another name.
 */
const own = <Kept>(key: symbol, target: object, name?: string): readonly Kept[] =>
  (name === undefined ? Reflect.getOwnMetadata(key, target) : Reflect.getOwnMetadata(key, target, name)) ?? [];

function add(key: symbol, kept: unknown, target: object, name?: string): void {
  const all = [...own(key, target, name), kept];
  if (name === undefined) Reflect.defineMetadata(key, all, target);
  else Reflect.defineMetadata(key, all, target, name);
}

/** Returns the declarations on a class or function itself, or under the name of a method of this very prototype. */
export const declarationsOn = (target: object, name?: string): readonly AccessDeclaration[] =>
  own(declarationsKey, target, name);

export const addDeclaration = (declaration: AccessDeclaration, target: object, name?: string): void =>
  add(declarationsKey, declaration, target, name);

/** Returns the needs of the parameters of a method of this very prototype. */
export const needsOn = (prototype: object, name: string): readonly ParameterNeed[] => own(needsKey, prototype, name);

export const addNeed = (need: ParameterNeed, prototype: object, name: string): void =>
  add(needsKey, need, prototype, name);

/** Returns the names of the methods of this very prototype that have declarations. */
export const declaredNames = (prototype: object): readonly string[] =>
  Object.getOwnPropertyNames(prototype).filter((name) => declarationsOn(prototype, name).length > 0);
