import type { TestServer } from '../kit/open-server.js';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every route that Nest has given to Express. */
export function listRoutes({ app }: Pick<TestServer, 'app'>): { method: string; path: string }[] {
  const { stack } = app.getHttpAdapter().getInstance().router as { stack: readonly Layer[] };
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path })),
  );
}
