import 'reflect-metadata';
import type { AccessRule } from '@connect-auth/core/adapter';
import type { Type } from '@nestjs/common';
import type { RequestCheck } from './request-check.js';

/** What a decorator speaks about. What a handler says about one of these replaces what its class says about it. */
type AccessConcern = 'scopes' | 'org' | 'actor' | 'live' | OrgConcern;

/** What is asked of the request, and not of the token alone. */
type OrgConcern = 'org-path' | 'org-header' | 'org-query' | 'org-body' | 'org-stamp' | 'org-owned' | 'cross-org';

/** Something is asked of who comes in. */
export interface AccessDemand {
  readonly call: string;
  readonly concern: AccessConcern;
  readonly rule?: AccessRule;
  /** What of the request it is about: the name of a parameter. Each is a concern of its own. */
  readonly subject?: string;
  /** What is asked of the request. It comes after all rules, and with the caller in the frame. */
  readonly check?: RequestCheck;
  /** Whether something is said about organizations, where the rule is not `requireOrg` itself. */
  readonly namesOrg?: boolean;
  /** A provider that the check needs. */
  readonly provider?: Type;
  /** For the API's description. */
  readonly scopes?: readonly string[];
  /** The parameter of the path that is read, for the API's description. */
  readonly pathParameter?: string;
}

/** The door is open to everybody, or to callers without any token too. */
interface AccessOpening {
  readonly call: string;
  readonly opens: 'public' | 'optional';
}

export type AccessDeclaration = AccessDemand | AccessOpening;

export const isDemand = (declaration: AccessDeclaration): declaration is AccessDemand => 'concern' in declaration;

/** What a parameter needs to have a value at all. `takesNobody`: it has one for callers without a token too. */
export interface ParameterNeed {
  readonly call: string;
  readonly rule?: AccessRule;
  readonly takesNobody?: boolean;
  /** Of which concern something must be declared for the route. */
  readonly concern?: AccessConcern;
}

const declarationsKey = Symbol('connect-auth.access');
const needsKey = Symbol('connect-auth.parameters');

/**
 * Kept under the method's name, so that a decorator that puts another function in its place does not take them away; and
 * on its function, so that they go along where that is put under another name.
 */
const own = <Kept>(key: symbol, target: object, name?: string): readonly Kept[] =>
  (name === undefined ? Reflect.getOwnMetadata(key, target) : Reflect.getOwnMetadata(key, target, name)) ?? [];

function add(key: symbol, kept: unknown, target: object, name?: string): void {
  const all = [...own(key, target, name), kept];
  if (name === undefined) Reflect.defineMetadata(key, all, target);
  else Reflect.defineMetadata(key, all, target, name);
}

/** What is declared on a class or function itself, or under the name of a method of this very prototype. */
export const declarationsOn = (target: object, name?: string): readonly AccessDeclaration[] =>
  own(declarationsKey, target, name);

export const addDeclaration = (declaration: AccessDeclaration, target: object, name?: string): void =>
  add(declarationsKey, declaration, target, name);

/** What the parameters of a method of this very prototype need. */
export const needsOn = (prototype: object, name: string): readonly ParameterNeed[] => own(needsKey, prototype, name);

export const addNeed = (need: ParameterNeed, prototype: object, name: string): void =>
  add(needsKey, need, prototype, name);

/** The methods of this very prototype that something was declared about. */
export const declaredNames = (prototype: object): readonly string[] =>
  Object.getOwnPropertyNames(prototype).filter((name) => declarationsOn(prototype, name).length > 0);
