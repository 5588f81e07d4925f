import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import type { ModulesContainer } from '@nestjs/core';
import { classChain } from '../access/access-levels.js';
import type { Route, RouteKind } from './route.js';

/** Every class that an application has, each once: its controllers, and its providers, gateways and resolvers among them. */
export function classesOf(modules: ModulesContainer): readonly Type[] {
  const wrappers = [...modules.values()].flatMap(({ controllers, providers }) => [
    ...controllers.values(),
    ...providers.values(),
  ]);
  return [
    ...new Set(wrappers.flatMap(({ metatype, isNotMetatype }) => (isNotMetatype ? [] : (metatype ?? [])))),
  ].filter((metatype): metatype is Type => typeof metatype === 'function' && typeof metatype.prototype === 'object');
}

/** Every handler of a class, those that it inherits among them, in every way in which it is reached. */
export function routesOf(type: Type): readonly Route[] {
  return methodNames(type).flatMap((name) => kindsOf(type, name).map((kind) => ({ type, name, kind })));
}

function methodNames(type: Type): readonly string[] {
  const names = classChain(type).flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
  return [...new Set(names)].filter((name) => name !== 'constructor' && methodOf(type, name) !== undefined);
}

/** The function that runs, found without running a getter. */
function methodOf(type: Type, name: string): object | undefined {
  const owner = classChain(type).find(({ prototype }) => Object.hasOwn(prototype, name));
  const method: unknown = owner && Object.getOwnPropertyDescriptor(owner.prototype, name)?.value;
  return typeof method === 'function' ? method : undefined;
}

/** What the optional packages of Nest mark their handlers with; their constants are no part of what they export. */
const marks = {
  message: 'websockets:message_mapping',
  pattern: 'microservices:pattern',
  resolver: 'graphql:resolver_type',
  field: 'graphql:resolve_property',
  reference: 'graphql:resolve_reference',
} as const;

function kindsOf(type: Type, name: string): readonly RouteKind[] {
  const method = methodOf(type, name) as object;
  const marked = (mark: string): boolean => Reflect.hasMetadata(mark, method);
  const kinds: RouteKind[] = [];
  if (marked(PATH_METADATA)) kinds.push('http');
  if (marked(marks.pattern)) kinds.push('rpc');
  if (marked(marks.message)) kinds.push('ws');
  if (marked(marks.field) || marked(marks.reference)) kinds.push('field');
  else if (marked(marks.resolver)) kinds.push(graphqlKind(Reflect.getMetadata(marks.resolver, method)));
  return kinds;
}

/** Root types have these names; whatever else a method resolves is a field of some other type. */
function graphqlKind(resolves: unknown): RouteKind {
  if (resolves === 'Subscription') return 'subscription';
  return resolves === 'Query' || resolves === 'Mutation' ? 'graphql' : 'field';
}
