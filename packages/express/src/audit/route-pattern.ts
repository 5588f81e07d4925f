import type { Request } from 'express';
import { routerOf } from '../router-of.js';

/** The part of an Express 5.3 router that is read. */
interface Router {
  listRoutes?(): readonly { path: unknown; methods?: readonly string[]; router?: Router }[];
}

const known = new WeakMap<object, readonly string[]>();
const unmatched = '(unmatched)';

/**
 * Returns the pattern of the route that a request went to, including mount paths: `/orgs/:orgId/projects/:id`. Not the
 * URL, which holds ids. Express gives a handler only the last part of it; the rest is found among the routes of the
 * application, as they are at the first request.
 */
export function routePattern(req: Request): string {
  const own = partOf(req);
  const path = pathOf(req.originalUrl);
  const patterns = patternsOf(req).filter((pattern) => typeof own !== 'string' || pattern.endsWith(own));
  const found = patterns.find((pattern) => matches(pattern, path));
  if (found !== undefined) return found;
  return own === undefined ? unmatched : mask(req.baseUrl) + String(own);
}

/** Returns the last part of the pattern. The root of a router is the path that the router is mounted at. */
function partOf({ route, baseUrl }: Request): unknown {
  const path: unknown = (route as { path?: unknown } | undefined)?.path;
  return path === '/' && baseUrl !== '' ? '' : path;
}

const pathOf = (url: string): string => (url.split('?')[0] as string).replace(/(?<=.)\/$/, '');

function patternsOf(req: Request): readonly string[] {
  const router = routerOf(req.app) as Router | undefined;
  if (router?.listRoutes === undefined) return [];
  const patterns = known.get(router) ?? listPatterns(router, '');
  known.set(router, patterns);
  return patterns;
}

function listPatterns(router: Router, prefix: string): string[] {
  return (router.listRoutes?.() ?? []).flatMap(({ path, router: inner }) => {
    if (typeof path !== 'string') return [];
    const whole = prefix + (path === '/' && (prefix !== '' || inner !== undefined) ? '' : path);
    return inner === undefined ? [whole] : listPatterns(inner, whole);
  });
}

/** Compares segment by segment. A wildcard matches everything that follows. */
function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  const wildcardAt = wanted.findIndex((segment) => segment.includes('*'));
  const length = wildcardAt < 0 ? wanted.length : wildcardAt;
  if (wildcardAt < 0 ? given.length !== length : given.length <= length) return false;
  return wanted.slice(0, length).every((segment, at) => segment.includes(':') || equals(segment, given[at]));
}

const equals = (segment: string, given: string | undefined): boolean => segment.toLowerCase() === given?.toLowerCase();

/** Masks every segment with a digit, which may be an id: before Express 5.3, mount paths cannot be looked up. */
const mask = (baseUrl: string): string =>
  baseUrl
    .split('/')
    .map((segment) => (/\d/.test(segment) ? ':id' : segment))
    .join('/');
