import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import type { ModulesContainer } from '@nestjs/core';
import { methodNames, methodOf } from '../access/class-chain.js';
import type { Route, RouteKind } from './route.js';

/**
 * Returns every class that an application has, each once: its controllers and its providers, including gateways and
 * resolvers. The class of an object from a factory is found once the object is made.
 */
export function classesOf(modules: ModulesContainer): readonly Type[] {
  const wrappers = [...modules.values()].flatMap(({ controllers, providers }) => [
    ...controllers.values(),
    ...providers.values(),
  ]);
  const types = wrappers.map(({ metatype, isNotMetatype, instance }) => (isNotMetatype ? classOf(instance) : metatype));
  return [...new Set(types)].filter(
    (type): type is Type => typeof type === 'function' && typeof type.prototype === 'object',
  );
}

/** Returns the class of an object, if it has one of its own. */
function classOf(instance: unknown): unknown {
  const made = typeof instance === 'object' && instance !== null ? instance.constructor : undefined;
  return made === Object ? undefined : made;
}

/** Returns every handler of a class, including inherited ones, once for each way in which it is reached. */
export const routesOf = (type: Type): readonly Route[] =>
  methodNames(type).flatMap((name) => {
    const method = methodOf(type, name) as object;
    return kindsOf(method).map((kind) => ({ type, name, method, kind }));
  });

/** The metadata keys with which Nest's optional packages mark their handlers; those packages do not export them. */
const marks = {
  message: 'websockets:message_mapping',
  pattern: 'microservices:pattern',
  resolver: 'graphql:resolver_type',
  field: 'graphql:resolve_property',
  reference: 'graphql:resolve_reference',
} as const;

function kindsOf(method: object): readonly RouteKind[] {
  const marked = (mark: string): boolean => Reflect.hasMetadata(mark, method);
  const kinds: RouteKind[] = [];
  if (marked(PATH_METADATA)) kinds.push('http');
  if (marked(marks.pattern)) kinds.push('rpc');
  if (marked(marks.message)) kinds.push('ws');
  if (marked(marks.field) || marked(marks.reference)) kinds.push('field');
  else if (marked(marks.resolver)) kinds.push(graphqlKind(Reflect.getMetadata(marks.resolver, method)));
  return kinds;
}

/**
 * Tells the kind of a resolver. Root types have these names; anything else that a method resolves is a field of some
 * other type.
 */
function graphqlKind(resolves: unknown): RouteKind {
  if (resolves === 'Subscription') return 'subscription';
  return resolves === 'Query' || resolves === 'Mutation' ? 'graphql' : 'field';
}
