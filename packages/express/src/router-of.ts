import type { Application } from 'express';

/** The router of an application, where it tells its routes: from Express 5.3 on. In Express 4 to ask is an error. */
export function routerOf(app: Application): object | undefined {
  try {
    const { router } = app as unknown as { router?: { listRoutes?: unknown } };
    return typeof router?.listRoutes === 'function' ? router : undefined;
  } catch {
    return undefined;
  }
}
