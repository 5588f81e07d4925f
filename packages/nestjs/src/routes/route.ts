import type { Type } from '@nestjs/common';

/** How a handler is reached. `field`: a field resolver of GraphQL, which runs for a query that was let in. */
export type RouteKind = 'http' | 'graphql' | 'subscription' | 'field' | 'ws' | 'rpc';

/** A method that Nest calls for somebody outside. */
export interface Route {
  readonly type: Type;
  readonly name: string;
  /** The function that the class has under the name. */
  readonly method: object;
  readonly kind: RouteKind;
}

export const placeOf = ({ type, name }: Pick<Route, 'type' | 'name'>): string => `${type.name}.${name}`;
