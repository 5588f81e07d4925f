import { expandOptional, type PathPiece, parsePath } from './path-template.js';

/** Something an application answers. */
export interface Route {
  /** `GET /projects/:id`: its name in fixtures and reports. */
  readonly key: string;
  /** In upper case; `ALL` for what is registered for every method. */
  readonly method: string;
  /** The pattern in pieces; absent for a RegExp, which cannot be filled in. */
  readonly pieces?: readonly PathPiece[];
}

/** A RegExp's route has mount text before it, if any: `/v1` + `/^\/files/`. */
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

/** One slash between the two, and none at the end: routers ignore it unless they are strict. */
export function joinPaths(mount: string, path: string): string {
  const joined = `${mount}/${path}`.replace(/\/{2,}/g, '/');
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

/** `all` is one route, and `HEAD` beside `GET` is none of its own: each route is asked by `HEAD` anyway. */
function keepMethods(methods: readonly string[]): readonly string[] {
  const names = [...new Set(methods.map((method) => method.toUpperCase()))];
  if (names.includes('*') || (names.includes('TRACE') && names.includes('POST'))) return ['ALL'];
  return names.filter((name) => name !== 'HEAD' || !names.includes('GET'));
}
