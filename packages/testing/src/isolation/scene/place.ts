import type { IsolationFixtures, ValueOf } from '../fixtures/isolation-fixtures.js';
import { makeUnknownId } from '../request/unknown-id.js';
import type { Route } from '../routes/route.js';
import type { Seeded } from './seed-objects.js';

/** Objects of the one who asks, and of the one who owns what must not be reached. */
export interface Scene<Objects> {
  readonly own: Seeded<Objects>;
  readonly foreign: Seeded<Objects>;
}

export type Choice = 'own' | 'foreign' | 'unknown';

/** A place in a request where an id stands, and what may stand there. */
export interface Place {
  readonly where: 'path' | 'query' | 'body';
  readonly name: string;
  readonly values: Readonly<Record<Choice, string | number>>;
}

/** What each organization has for one name. */
export function makePlace<Objects>(
  { unknownIds = {} }: IsolationFixtures<Objects>,
  { own, foreign }: Scene<Objects>,
  where: Place['where'],
  name: string,
  valueFor: ValueOf<Objects>,
): Place {
  const foreignValue = valueFor(foreign.objects, foreign.org);
  const unknown = unknownIds[name] ?? makeUnknownId(foreignValue);
  return { where, name, values: { own: valueFor(own.objects, own.org), foreign: foreignValue, unknown } };
}

/** What is the same for both organizations, as a format or a year, belongs to neither. */
export const belongsToOrg = ({ values }: Place): boolean => values.own !== values.foreign;

/** The value for a parameter: that of its route if there is one, or else that of its name. */
export function findParam<Objects>(
  { params = {} }: IsolationFixtures<Objects>,
  { key }: Route,
  name: string,
): ValueOf<Objects> | undefined {
  const ofRoute = params[key];
  const special = typeof ofRoute === 'object' ? ofRoute[name] : undefined;
  const general = params[name];
  return special ?? (typeof general === 'function' ? general : undefined);
}
