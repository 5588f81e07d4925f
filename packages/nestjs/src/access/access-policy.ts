import { ConfigurationError, requireOrg } from '@connect-auth/core';
import { type AccessRule } from '@connect-auth/core/adapter';
import type { Type } from '@nestjs/common';
import { type AccessDemand, declaredNames, isDemand, type ParameterNeed } from './access-declaration.js';
import { type AccessLevel, levelsOf, needsOf } from './access-levels.js';
import { classChain } from './class-chain.js';
import { namesOfHandler } from './handler-names.js';
import type { RequestCheck } from './request-check.js';

/** What a route asks of its callers, put together from its method, its class, and the classes that one extends. */
export interface AccessPolicy {
  /** `public`: nobody is asked. `optional`: who brings no token is let in as nobody. */
  readonly mode: 'required' | 'optional' | 'public';
  readonly rules: readonly AccessRule[];
  /** What is asked of the request, after the rules and in their order. */
  readonly checks: readonly RequestCheck[];
  /** Whether something is said about organizations. */
  readonly namesOrg: boolean;
  /** Whether the issuer is asked about the token at every call. */
  readonly live: boolean;
  /** For the API's description; undefined where no scopes are asked for. */
  readonly scopes: readonly string[] | undefined;
  /** Whether something is declared about the method itself, or one that it overrides. */
  readonly isDeclared: boolean;
  readonly levels: readonly AccessLevel[];
}

const policies = new WeakMap<Type, WeakMap<object, AccessPolicy>>();

/**
 * The policy of a handler, as Nest knows it: by its class and its function. Worked out once.
 *
 * @throws ConfigurationError if nobody can tell which method the function is, and they differ in what they ask for
 */
export function policyOf(type: Type, handler: object): AccessPolicy {
  const known = policies.get(type)?.get(handler);
  if (known !== undefined) return known;
  const policy = readPolicy(type, namesOrRefuse(type, handler), handler);
  const ofType = policies.get(type) ?? new WeakMap<object, AccessPolicy>();
  policies.set(type, ofType.set(handler, policy));
  return policy;
}

function namesOrRefuse(type: Type, handler: object): readonly string[] {
  const names = namesOfHandler(type, handler);
  if (names.length === 0 && classChain(type).some(({ prototype }) => declaredNames(prototype).length > 0)) {
    const problem = `was asked about a function that is no method of ${type.name}: was it bound, or put there by its constructor?`;
    throw new ConfigurationError('ConnectAuthGuard', problem);
  }
  return names;
}

/**
 * The nearest level that says anything decides whether the door is open. Behind a door that is open at some level,
 * nothing that is declared farther off counts; in front of it each concern is settled by the nearest level that speaks
 * of it.
 *
 * @throws ConfigurationError if a parameter could never have a value
 */
export function readPolicy(type: Type, names: readonly string[], handler: object | undefined): AccessPolicy {
  const levels = levelsOf(type, names, handler);
  const mode = levels.find(({ opens, asks }) => asks || opens !== undefined)?.opens ?? 'required';
  const demands = nearestDemands(levels);
  const needs = needsOf(type, names);
  for (const need of needs) refuseIdle(need, mode, `${type.name}.${names[0]}`);
  for (const need of needs) refuseUnmet(need, demands, `${type.name}.${names[0]}`);
  return Object.freeze({
    mode,
    rules: [...demands, ...needs].flatMap(({ rule }) => rule ?? []),
    checks: inOrder(demands, levels).flatMap(({ check }) => check ?? []),
    namesOrg:
      [...demands, ...needs].some(({ rule }) => rule === requireOrg) || demands.some((each) => each.namesOrg === true),
    live: demands.some(({ concern }) => concern === 'live'),
    scopes: demands.find(({ scopes }) => scopes !== undefined)?.scopes,
    isDeclared: levels.slice(0, levels.length - classChain(type).length).some((level) => level.declarations.length > 0),
    levels,
  });
}

/** What is asked in front of the nearest open door. */
export function nearestDemands(levels: readonly AccessLevel[]): readonly AccessDemand[] {
  const doorAt = levels.findIndex(({ opens }) => opens !== undefined);
  const settled = new Set<string>();
  return (doorAt < 0 ? levels : levels.slice(0, doorAt)).flatMap(({ declarations }) => {
    const fresh = declarations.filter(isDemand).filter((demand) => !settled.has(matterOf(demand)));
    for (const demand of fresh) settled.add(matterOf(demand));
    return fresh;
  });
}

/**
 * What the request names is held against the token before anything is written, loaded or put on record. What a class loads
 * comes before what its method does: the project, then the task.
 */
function inOrder(demands: readonly AccessDemand[], levels: readonly AccessLevel[]): readonly AccessDemand[] {
  const place = (demand: AccessDemand) => later.indexOf(demand.concern);
  const distance = (demand: AccessDemand) =>
    demand.concern === 'org-owned' ? levels.findIndex(({ declarations }) => declarations.includes(demand)) : 0;
  return [...demands].sort((one, other) => place(one) - place(other) || distance(other) - distance(one));
}

const later: readonly string[] = ['org-stamp', 'org-owned', 'cross-org'];

/** Two parameters are two matters: to speak of one says nothing of the other. */
const matterOf = ({ concern, subject = '' }: AccessDemand): string => `${concern} ${subject}`;

function refuseIdle({ call, takesNobody = false }: ParameterNeed, mode: AccessPolicy['mode'], place: string): void {
  if (mode === 'required' || (mode === 'optional' && takesNobody)) return;
  throw new ConfigurationError(call, `on ${place} has no value for callers without a token, which may come in there`);
}

function refuseUnmet({ call, concern }: ParameterNeed, demands: readonly AccessDemand[], place: string): void {
  if (concern === undefined || demands.some((demand) => demand.concern === concern)) return;
  throw new ConfigurationError(call, `on ${place} has no value: nothing there says what to load`);
}
