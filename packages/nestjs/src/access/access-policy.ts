import { ConfigurationError, requireOrg } from '@connect-auth/core';
import { type AccessRule } from '@connect-auth/core/adapter';
import type { Type } from '@nestjs/common';
import { type AccessDemand, declaredNames, isDemand, type ParameterNeed } from './access-declaration.js';
import { type AccessLevel, levelsOf, needsOf } from './access-levels.js';
import { classChain } from './class-chain.js';
import { namesOfHandler } from './handler-names.js';
import type { RequestCheck } from './request-check.js';

/**
 * The requirements of a route on its callers, combined from its method, its class, and the classes that one extends.
 */
export interface AccessPolicy {
  /** `public`: no caller is checked. `optional`: a caller without a token is admitted as nobody. */
  readonly mode: 'required' | 'optional' | 'public';
  readonly rules: readonly AccessRule[];
  /** The checks of the request, which run after the rules, in this order. */
  readonly checks: readonly RequestCheck[];
  /** Whether something is declared about organizations. */
  readonly namesOrg: boolean;
  /** Whether the issuer is asked about the token at every call. */
  readonly live: boolean;
  /** The scopes for the API's description; undefined if none are required. */
  readonly scopes: readonly string[] | undefined;
  /** Whether something is declared about the method itself, or one that it overrides. */
  readonly isDeclared: boolean;
  readonly levels: readonly AccessLevel[];
}

const policies = new WeakMap<Type, WeakMap<object, AccessPolicy>>();

/**
 * Returns the policy of a handler, which Nest knows by its class and its function. Computed once.
 *
 * @throws ConfigurationError if nobody can tell which method the function is, and they differ in what they require
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
 * Works out the policy of a method. The nearest level that declares anything decides whether the route is open. If some
 * level opens it, nothing declared farther away counts; of the levels nearer than that one, the nearest that mentions a
 * concern settles it.
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

/**
 * Returns the demands that are declared nearer than the nearest opening; for each concern, those of the nearest level.
 */
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
 * Sorts demands so that the organizations named in the request are checked against the token before anything is
 * written, loaded or recorded. Objects that the class loads come before those that its method loads: the project, then
 * the task.
 */
function inOrder(demands: readonly AccessDemand[], levels: readonly AccessLevel[]): readonly AccessDemand[] {
  const place = (demand: AccessDemand) => later.indexOf(demand.concern);
  const distance = (demand: AccessDemand) =>
    demand.concern === 'org-owned' ? levels.findIndex(({ declarations }) => declarations.includes(demand)) : 0;
  return [...demands].sort((one, other) => place(one) - place(other) || distance(other) - distance(one));
}

const later: readonly string[] = ['org-stamp', 'org-owned', 'cross-org'];

/**
 * Identifies the subject of a demand. Two parameters are two subjects: a demand about one says nothing about the other.
 */
const matterOf = ({ concern, subject = '' }: AccessDemand): string => `${concern} ${subject}`;

function refuseIdle({ call, takesNobody = false }: ParameterNeed, mode: AccessPolicy['mode'], place: string): void {
  if (mode === 'required' || (mode === 'optional' && takesNobody)) return;
  throw new ConfigurationError(call, `on ${place} has no value for callers without a token, which may come in there`);
}

function refuseUnmet({ call, concern }: ParameterNeed, demands: readonly AccessDemand[], place: string): void {
  if (concern === undefined || demands.some((demand) => demand.concern === concern)) return;
  throw new ConfigurationError(call, `on ${place} has no value: nothing there says what to load`);
}
