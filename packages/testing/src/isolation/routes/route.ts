import { expandOptional, type PathPiece, parsePath } from './path-template.js';

/** A route of an application. */
export interface Route {
  /** `GET /projects/:id`: its name in fixtures and reports. */
  readonly key: string;
  /** In upper case; `ALL` for a route of every method. */
  readonly method: string;
  /** The pattern in pieces; absent for a RegExp, which cannot be filled in. */
  readonly pieces?: readonly PathPiece[];
}

/** Makes one route a method and optional part. A RegExp's key has the mount before it, if any: `/v1` + `/^\/files/`. */
export function toRoutes(methods: readonly string[], mount: string, path: string | RegExp): readonly Route[] {
  if (path instanceof RegExp)
    return keepMethods(methods).map((method) => ({ key: `${method} ${mount}${path}`, method }));
  return expandOptional(joinPaths(mount, path)).flatMap((pattern) =>
    keepMethods(methods).map((method) => ({
      key: `${method} ${pattern === '' ? '/' : pattern}`,
      method,
      pieces: parsePath(pattern === '' ? '/' : pattern),
    })),
  );
}

/** Joins with one slash, and none at the end: routers ignore that unless they are strict. */
export function joinPaths(mount: string, path: string): string {
  const joined = `${mount}/${path}`.replace(/\/{2,}/g, '/');
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

/** Makes `all` one route, and drops `HEAD` beside `GET`: each route is requested by `HEAD` anyway. */
function keepMethods(methods: readonly string[]): readonly string[] {
  const names = [...new Set(methods.map((method) => method.toUpperCase()))];
  if (names.includes('*') || (names.includes('TRACE') && names.includes('POST'))) return ['ALL'];
  return names.filter((name) => name !== 'HEAD' || !names.includes('GET'));
}
