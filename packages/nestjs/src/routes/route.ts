import type { Type } from '@nestjs/common';

/**
 * The way in which a handler is reached. `field`: a field resolver of GraphQL, which runs for a query that was
 * admitted.
 */
export type RouteKind = 'http' | 'graphql' | 'subscription' | 'field' | 'ws' | 'rpc';

/** A method that Nest calls for an outside caller. */
export interface Route {
  readonly type: Type;
  readonly name: string;
  /** The function that the class has under this name. */
  readonly method: object;
  readonly kind: RouteKind;
}

export const placeOf = ({ type, name }: Pick<Route, 'type' | 'name'>): string => `${type.name}.${name}`;
