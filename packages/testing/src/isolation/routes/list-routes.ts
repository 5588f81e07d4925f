import { ConfigurationError } from '@connect-auth/core';
import type { ProbedApp } from '../app/open-app.js';
import { type WalkedRoutes, walkExpress } from './express-routes.js';
import { isFastify, walkFastify } from './fastify-routes.js';
import { type Route, toRoutes } from './route.js';

/** Lists every route of an application once, and the mounts whose routes are neither listed nor named. */
export function listRoutes({ engine, isNest }: ProbedApp, named: readonly string[] | undefined): WalkedRoutes {
  const given = (named ?? []).flatMap(readRoute);
  const walked = isFastify(engine) ? { routes: walkFastify(engine), opaque: [] } : walkExpress(engine, isNest);
  if (walked === undefined && given.length === 0) {
    throw new ConfigurationError(
      'app',
      'does not list its routes; that takes Express 5.3 or later, or Nest on it or on Fastify. Or name them in `routes`',
    );
  }
  const routes = [...(walked?.routes ?? []), ...given];
  if (routes.length === 0) throw new ConfigurationError('app', 'has no routes, so there is nothing to probe');
  const opaque = walked?.opaque ?? [];
  return {
    routes: routes.filter(({ key }, at) => routes.findIndex((other) => other.key === key) === at),
    opaque: opaque.filter((mount) => !given.some(({ key }) => isBelow(key.slice(key.indexOf(' ') + 1), mount))),
  };
}

const isBelow = (path: string, mount: string): boolean =>
  path === mount || path.startsWith(mount === '/' ? mount : `${mount}/`);

function readRoute(text: string, at: number): readonly Route[] {
  const [, method, path] = /^([A-Z-]+) (\/.*)$/.exec(text) ?? [];
  if (method === undefined || path === undefined) {
    throw new ConfigurationError(`routes[${at}]`, "must be a method and a path: 'GET /projects/:id'");
  }
  return toRoutes([method === 'ALL' ? '*' : method], '', path);
}
