import { ConfigurationError } from '@connect-auth/core';
import type { Type } from '@nestjs/common';
import { declarationsOn, declaredNames } from '../access/access-declaration.js';
import { classChain } from '../access/class-chain.js';
import { placeOf, type Route } from './route.js';
import { policyOfRoute } from './route-access.js';

/**
 * Refuses declarations that contradict each other: a place that is public and guarded, or a parameter that could never
 * have a value.
 *
 * @throws ConfigurationError naming the place
 */
export function refuseContradictions(routes: readonly Route[]): void {
  for (const route of routes) {
    const { levels } = policyOfRoute(route); // Throws for such a parameter.
    if (levels.some(({ opens, guarded }) => opens === 'public' && guarded)) {
      throw new ConfigurationError(
        '@Public()',
        `contradicts @UseGuards(ConnectAuthGuard) beside it, for ${placeOf(route)}`,
      );
    }
  }
}

/**
 * Refuses declarations that nothing would enforce: on a method that is not a handler, or on a class without any
 * handler.
 *
 * @param routes the routes of the class
 * @throws ConfigurationError naming the decorator and its place
 */
export function refuseIdleDeclarations(type: Type, routes: readonly Route[]): void {
  const handlers = new Set(routes.map(({ name }) => name));
  for (const { prototype } of classChain(type)) {
    const isWhatRuns = (name: string) => type.prototype[name] === prototype[name];
    const name = declaredNames(prototype).find((each) => !handlers.has(each) && isWhatRuns(each));
    if (name !== undefined) refuse(declarationsOn(prototype, name)[0]?.call, placeOf({ type, name }));
  }
  if (routes.length === 0 && declarationsOn(type).length > 0) refuse(declarationsOn(type)[0]?.call, type.name);
}

function refuse(call: string | undefined, place: string): never {
  const problem = 'protects nothing: guards run for handlers of requests and messages, and it is none';
  throw new ConfigurationError(`${call} on ${place}`, problem);
}
