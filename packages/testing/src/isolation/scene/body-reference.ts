import type { IsolationFixtures } from '../fixtures/isolation-fixtures.js';
import type { Route } from '../routes/route.js';
import { makePlace, type Place, type Scene } from './place.js';

/** Shorter texts may be anything. A member whose name ends in `id` counts at any length. */
const shortestId = 6;

/**
 * Finds the members of a body that refer to objects: those in `references`, and every member that holds one of the
 * owner's ids, as `params` know them.
 */
export function findReferences<Objects>(
  fixtures: IsolationFixtures<Objects>,
  { key }: Route,
  scene: Scene<Objects>,
  body: unknown,
): readonly Place[] {
  const declared = Object.entries(fixtures.references?.[key] ?? {}).map(([name, valueFor]) =>
    makePlace(fixtures, scene, 'body', name, valueFor),
  );
  const ids = knownIds(fixtures, scene);
  const found = leavesOf(body).flatMap(({ name, value }) => {
    const id = ids.find(({ values }) => values.own === value);
    const isTold = declared.some((place) => place.name === name);
    const looksLikeId = /id$/i.test(name) || (typeof value === 'string' && value.length >= shortestId);
    return id === undefined || isTold || !looksLikeId ? [] : [{ ...id, name }];
  });
  return [...declared, ...found];
}

function knownIds<Objects>(fixtures: IsolationFixtures<Objects>, scene: Scene<Objects>): readonly Place[] {
  const byName = Object.entries(fixtures.params ?? {}).flatMap(([name, value]) =>
    typeof value === 'function' ? [[name, value] as const] : Object.entries(value),
  );
  return byName.map(([name, valueFor]) => makePlace(fixtures, scene, 'body', name, valueFor));
}

function leavesOf(value: unknown, path = ''): readonly { name: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return path === '' ? [] : [{ name: path, value }];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, path === '' ? name : `${path}.${name}`));
}

/** Copies a body with another value at a path of members: `task.project_id`, `ids.0`. */
export function setMember(body: unknown, path: string, value: unknown): unknown {
  const [name, ...rest] = path.split('.') as [string, ...string[]];
  const members = Array.isArray(body) ? [...(body as unknown[])] : { ...(body as object | undefined) };
  const before = (members as Record<string, unknown>)[name];
  (members as Record<string, unknown>)[name] = rest.length === 0 ? value : setMember(before, rest.join('.'), value);
  return members;
}
