import type { IsolationFixtures, ValueFixture } from '../fixtures/isolation-fixtures.js';
import { makeUnknownId } from '../request/unknown-id.js';
import type { Route } from '../routes/route.js';
import type { Seeded } from './seed-objects.js';

/** The objects of the organization that sends a request, and of the one that it must not reach. */
export interface Scene<Objects> {
  readonly own: Seeded<Objects>;
  readonly foreign: Seeded<Objects>;
}

export type Choice = 'own' | 'foreign' | 'unknown';

/** A place in a request that holds an id, and the values it may have. */
export interface Place {
  readonly where: 'path' | 'query' | 'body';
  readonly name: string;
  readonly values: Readonly<Record<Choice, string | number>>;
}

/** Makes a place from the value that each organization has for a name. */
export function makePlace<Objects>(
  { unknownIds = {} }: IsolationFixtures<Objects>,
  { own, foreign }: Scene<Objects>,
  where: Place['where'],
  name: string,
  valueFor: ValueFixture<Objects>,
): Place {
  const foreignValue = valueFor(foreign.objects, foreign.org);
  const unknown = unknownIds[name] ?? makeUnknownId(foreignValue);
  return { where, name, values: { own: valueFor(own.objects, own.org), foreign: foreignValue, unknown } };
}

/** Returns whether a value belongs to an organization: one that both share, such as a year, belongs to neither. */
export const belongsToOrg = ({ values }: Place): boolean => values.own !== values.foreign;

/** Finds the fixture of a parameter: that of its route if there is one, or else that of its name. */
export function findParam<Objects>(
  { params = {} }: IsolationFixtures<Objects>,
  { key }: Route,
  name: string,
): ValueFixture<Objects> | undefined {
  const ofRoute = params[key];
  const special = typeof ofRoute === 'object' ? ofRoute[name] : undefined;
  const general = params[name];
  return special ?? (typeof general === 'function' ? general : undefined);
}
