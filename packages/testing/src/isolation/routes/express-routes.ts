import { ConfigurationError } from '@connect-auth/core';
import { joinPaths, type Route, toRoutes } from './route.js';

interface ListedRoute {
  readonly path: string | RegExp | undefined;
  readonly methods: readonly string[] | undefined;
  readonly router: ListingRouter | undefined;
}

/** `stack` is internal to Express: it is read only to leave out Nest's own 404 route and to find mounted applications. */
interface ListingRouter {
  readonly listRoutes: () => readonly ListedRoute[];
  readonly stack?: readonly Layer[];
}

interface Layer {
  readonly stack?: unknown;
  readonly handle?: unknown;
  readonly rawPath?: unknown;
  readonly route?: { readonly stack?: readonly { readonly handle?: unknown }[] };
}

/** The routes that an application's router lists, and the mounts whose routes it cannot list. */
export interface WalkedRoutes {
  readonly routes: readonly Route[];
  /** Patterns of the mounts whose routes cannot be listed. */
  readonly opaque: readonly string[];
}

/** Walks the routers of Express 5.3 and later; `undefined` for one that does not list its routes. */
export function walkExpress(app: object, isNest: boolean): WalkedRoutes | undefined {
  const router = routerOf(app);
  if (router === undefined) return undefined;
  return walk(router, '', isNest ? findNotFoundHandler(router) : undefined);
}

function routerOf(app: object): ListingRouter | undefined {
  try {
    const router = 'router' in app ? app.router : undefined;
    const isListing = typeof router === 'function' && 'listRoutes' in router;
    return isListing ? (router as unknown as ListingRouter) : undefined;
  } catch {
    // Express 4 throws at any access to `app.router`.
    return undefined;
  }
}

/** Finds Nest's own 404 route: under a global prefix it is `*path`, alone in one of the last routers mounted. */
function findNotFoundHandler(router: ListingRouter): unknown {
  const nested = router.listRoutes().findLast((listed) => {
    const [only, ...others] = listed.router?.listRoutes() ?? [];
    return only?.path === '*path' && others.length === 0;
  });
  return handlerAt(nested?.router?.stack?.[0]);
}

/** Returns the first handler of each listed entry; a layer with several paths has as many entries. */
function handlersInOrder({ stack = [] }: ListingRouter): readonly unknown[] {
  const listed = stack.filter(({ route, handle }) => route !== undefined || Array.isArray((handle as Layer).stack));
  return listed.flatMap((layer) => (Array.isArray(layer.rawPath) ? layer.rawPath : [0]).map(() => handlerAt(layer)));
}

const handlerAt = (layer: Layer | undefined): unknown => layer?.route?.stack?.[0]?.handle;

function walk(router: ListingRouter, mount: string, notFound?: unknown): WalkedRoutes {
  const handlers = handlersInOrder(router);
  const parts = router.listRoutes().map(({ path = '/', methods, router: nested }, at): WalkedRoutes => {
    if (notFound !== undefined && handlers[at] === notFound) return { routes: [], opaque: [] };
    if (nested === undefined) return { routes: toRoutes(methods ?? [], mount, path), opaque: [] };
    if (path instanceof RegExp) return { routes: [], opaque: [`${mount}${path}`] };
    if (typeof nested.listRoutes !== 'function') {
      throw new ConfigurationError(
        'app',
        `mounts a router at ${path} that cannot list its routes (Express before 5.3)`,
      );
    }
    return walk(nested, joinPaths(mount, path), notFound);
  });
  return {
    routes: parts.flatMap(({ routes }) => routes),
    opaque: [...parts.flatMap(({ opaque }) => opaque), ...mountedApps(router, mount)],
  };
}

/** Returns the paths of mounted applications, which the router takes for middleware: only their name gives them away. */
function mountedApps({ stack = [] }: ListingRouter, mount: string): readonly string[] {
  return stack.flatMap(({ handle, rawPath }) => {
    if (typeof handle !== 'function' || handle.name !== 'mounted_app') return [];
    return [typeof rawPath === 'string' ? joinPaths(mount, rawPath) : `${mount}${rawPath}`];
  });
}
