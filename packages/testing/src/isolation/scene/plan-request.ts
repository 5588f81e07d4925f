import type { IsolationFixtures } from '../fixtures/isolation-fixtures.js';
import type { PlannedRequest } from '../request/planned-request.js';
import type { Route } from '../routes/route.js';
import { findReferences, setMember } from './body-reference.js';
import { belongsToOrg, type Choice, findParam, makePlace, type Place, type Scene } from './place.js';

/** The way to write requests to a route in one scene. */
export interface RequestPlan {
  /** The places whose values belong to an organization. */
  readonly places: readonly Place[];
  readonly write: (choose?: (place: Place) => Choice, changes?: Changes) => PlannedRequest;
}

/** Deviations of a request from the owner's plain one. */
export interface Changes {
  readonly method?: string;
  readonly hasUpperCasePath?: boolean;
  readonly hasTrailingSlash?: boolean;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Merged over the body. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Returns why no request can be written for a route; `undefined` if one can. */
export function findMissing<Objects>(fixtures: IsolationFixtures<Objects>, route: Route): string | undefined {
  if (fixtures.paths?.[route.key] !== undefined) return undefined;
  if (route.pieces === undefined) return 'a RegExp cannot be filled in; it needs a fixture in `paths`';
  for (const piece of route.pieces) {
    if (piece.kind === 'text') continue;
    if (piece.name === '') return 'a wildcard without a name needs a fixture in `paths`';
    if (findParam(fixtures, route, piece.name) === undefined) return `no fixture in \`params\` for "${piece.name}"`;
  }
  return undefined;
}

export function planRequest<Objects>(
  fixtures: IsolationFixtures<Objects>,
  route: Route,
  scene: Scene<Objects>,
): RequestPlan {
  const pathPlaces = placesInPath(fixtures, route, scene);
  const queryPlaces = Object.entries(fixtures.queries?.[route.key] ?? {}).map(([name, valueFor]) =>
    makePlace(fixtures, scene, 'query', name, valueFor),
  );
  const makeBody = fixtures.bodies?.[route.key];
  const newBody = () => makeBody?.(scene.own.objects, scene.foreign.objects);
  const bodyPlaces = makeBody === undefined ? [] : findReferences(fixtures, route, scene, newBody());
  const places = [...pathPlaces, ...queryPlaces, ...bodyPlaces];

  return {
    places: places.filter(belongsToOrg),
    write: (choose = () => 'own', changes = {}) => {
      const valueFor = (place: Place) => place.values[choose(place)];
      let body = newBody();
      for (const place of bodyPlaces) {
        if (choose(place) !== 'own') body = setMember(body, place.name, valueFor(place));
      }
      const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
      return {
        method: changes.method ?? (route.method === 'ALL' ? 'GET' : route.method),
        path: writePath(route, pathPlaces, valueFor, changes),
        query: { ...Object.fromEntries(queryPlaces.map((p) => [p.name, String(valueFor(p))])), ...changes.query },
        headers: { ...fixtures.headers, ...changes.headers },
        body:
          changes.body !== undefined && (isObject || body === undefined) ? { ...(body ?? {}), ...changes.body } : body,
        ids: Object.fromEntries(places.map((place) => [place.name, String(valueFor(place))])),
      };
    },
  };
}

function placesInPath<Objects>(
  fixtures: IsolationFixtures<Objects>,
  route: Route,
  scene: Scene<Objects>,
): readonly Place[] {
  const whole = fixtures.paths?.[route.key];
  if (whole !== undefined) {
    const { own, foreign } = scene;
    const values = { own: whole.of(own.objects, own.org), foreign: whole.of(foreign.objects, foreign.org) };
    return [{ where: 'path', name: 'path', values: { ...values, unknown: whole.unknown } }];
  }
  return (route.pieces ?? []).flatMap((piece) => {
    const valueFor = piece.kind === 'text' ? undefined : findParam(fixtures, route, piece.name);
    return piece.kind === 'text' || valueFor === undefined
      ? []
      : [makePlace(fixtures, scene, 'path', piece.name, valueFor)];
  });
}

function writePath(
  { pieces }: Route,
  places: readonly Place[],
  valueFor: (place: Place) => string | number,
  { hasUpperCasePath = false, hasTrailingSlash = false }: Changes,
): string {
  const whole = places.find(({ name }) => name === 'path');
  const isFilledIn = whole === undefined || pieces?.some((piece) => piece.kind !== 'text' && piece.name === 'path');
  if (!isFilledIn && whole !== undefined) return `${valueFor(whole)}${hasTrailingSlash ? '/' : ''}`;
  const filled = (pieces ?? []).map((piece) => {
    if (piece.kind === 'text') return hasUpperCasePath ? piece.text.toUpperCase() : piece.text;
    const place = places.find(({ name }) => name === piece.name);
    const value = place === undefined ? '' : String(valueFor(place));
    return piece.kind === 'wildcard' ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });
  return `${filled.join('')}${hasTrailingSlash ? '/' : ''}`;
}
