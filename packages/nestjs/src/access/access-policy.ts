import { type AccessRule, ConfigurationError } from '@connect-auth/core';
import type { Type } from '@nestjs/common';
import type { AccessDeclaration } from './access-declaration.js';
import { levelsOf, needsOf } from './access-levels.js';
import { nameOfHandler } from './handler-name.js';

/** What a route asks of its callers, put together from its method, its class, and the classes that one extends. */
export interface AccessPolicy {
  /** `public`: nobody is asked. `optional`: who brings no token is let in as nobody. */
  readonly mode: 'required' | 'optional' | 'public';
  readonly rules: readonly AccessRule[];
  /** Whether the issuer is asked about the token at every call. */
  readonly live: boolean;
  /** For the API's description; undefined where no scopes are asked for. */
  readonly scopes: readonly string[] | undefined;
}

const policies = new WeakMap<Type, WeakMap<object, AccessPolicy>>();

/** The policy of a handler, as Nest knows it: by its class and its function. Worked out once. */
export function policyOf(type: Type, handler: object): AccessPolicy {
  const known = policies.get(type)?.get(handler);
  if (known !== undefined) return known;
  const policy = readPolicy(type, nameOfHandler(type, handler));
  const ofType = policies.get(type) ?? new WeakMap<object, AccessPolicy>();
  policies.set(type, ofType.set(handler, policy));
  return policy;
}

/**
 * The nearest level decides whether the door is open. Behind a door that is open at some level, nothing that is declared
 * farther off counts; in front of it each concern is settled by the nearest level that speaks of it.
 *
 * @throws ConfigurationError if a parameter could never have a value
 */
export function readPolicy(type: Type, name: string): AccessPolicy {
  const deciding = levelsOf(type, name).find(({ opens, asks }) => asks || opens !== undefined);
  const opens = deciding?.opens;
  const asked = demandsOf(type, name);
  const needs = needsOf(type, name);
  const idle = needs.find((need) => opens === 'public' || (opens === 'optional' && need.takesNobody !== true));
  if (idle !== undefined) {
    const place = `${type.name}.${name}`;
    throw new ConfigurationError(
      idle.call,
      `on ${place} has no value for callers without a token, which may come in there`,
    );
  }
  return Object.freeze({
    mode: opens ?? 'required',
    rules: [...asked, ...needs].flatMap(({ rule }) => rule ?? []),
    live: asked.some(({ concern }) => concern === 'live'),
    scopes: asked.find(({ scopes }) => scopes !== undefined)?.scopes,
  });
}

type Demand = Extract<AccessDeclaration, { concern: unknown }>;

/** What decorators ask of the caller, in front of the nearest open door. */
export function demandsOf(type: Type, name: string): readonly Demand[] {
  const levels = levelsOf(type, name);
  const doorAt = levels.findIndex(({ opens }) => opens !== undefined);
  const settled = new Set<string>();
  return (doorAt < 0 ? levels : levels.slice(0, doorAt)).flatMap(({ declarations }) => {
    const fresh = declarations.filter(
      (declaration): declaration is Demand => 'concern' in declaration && !settled.has(declaration.concern),
    );
    for (const { concern } of fresh) settled.add(concern);
    return fresh;
  });
}
