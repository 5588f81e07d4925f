import type { TestIssuer } from '@connect-auth/testing';

export type Route = (init: RequestInit) => Response | Promise<Response>;

/** What was asked for, in order. */
export interface ReroutedFetch {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly urls: string[];
  /** The form of each POST. */
  readonly forms: URLSearchParams[];
}

/** The way to an issuer, on which some paths are answered by the test. */
export function rerouteFetch(issuer: TestIssuer, routes: Readonly<Record<string, Route>> = {}): ReroutedFetch {
  const urls: string[] = [];
  const forms: URLSearchParams[] = [];
  return {
    urls,
    forms,
    fetch: async (url, init) => {
      urls.push(url);
      if (init.method === 'POST') forms.push(new URLSearchParams(String(init.body)));
      const route = routes[new URL(url).pathname];
      return route === undefined ? issuer.runtime.fetch(url, init) : route(init);
    },
  };
}

export const notFound: Route = () => new Response('not found', { status: 404 });

export const json =
  (value: unknown): Route =>
  () =>
    new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });
