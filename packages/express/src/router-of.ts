import type { Application } from 'express';

/**
 * Returns the router of an application if it lists its routes: from Express 5.3 on. In Express 4, reading it throws.
 */
export function routerOf(app: Application): object | undefined {
  try {
    const { router } = app as unknown as { router?: { listRoutes?: unknown } };
    return typeof router?.listRoutes === 'function' ? router : undefined;
  } catch {
    return undefined;
  }
}
