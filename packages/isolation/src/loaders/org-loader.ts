import { ConfigurationError, findCurrentAuth, findOrgScope, framedRequest } from '@connect-auth/core';
import { OrgContextError } from '../errors/org-context-error.js';
import { currentOrg, findCurrentOrg } from '../frame/current-org.js';
import type { OrgId } from '../frame/org-id.js';

/** A loader, and all that has to be the same for it to be used again. */
interface Held<Loader> {
  readonly loader: Loader;
  readonly orgId: OrgId;
  readonly auth: object | undefined;
  readonly request: object | undefined;
}

/**
 * One loader for each piece of work: `orgLoader(() => new DataLoader(loadProjects))` gives a function that answers the
 * loader of the request or job at hand. A loader that is shared batches what two organizations ask for in one turn, and
 * asks for both as whoever came first; what it remembers, it tells the other.
 *
 * A loader lives as long as what it is for: a request, a job, a turn of `crossOrg`. Where there is no such thing (a
 * message over a socket, which only its token tells from the next), it is good for this turn of the event loop: it still
 * batches, and remembers nothing.
 *
 * The loader refuses to be used for another organization than its own, wherever it was kept meanwhile. What loaders have
 * in common is in their own hands: the keys of one `cacheMap` begin with the organization (`orgKey`), and what one
 * `batchScheduleFn` gathers is bound to its frame (`AsyncResource.bind`).
 *
 * @param make makes a loader, in the frame that it is for
 * @throws ConfigurationError if `make` is no function. The function that is returned, and the methods of the loader,
 * throw an `OrgContextError`: `org_context_missing` outside a frame, `org_context_conflict` in another organization's
 */
export function orgLoader<Loader extends object>(make: () => Loader): () => Loader {
  if (typeof make !== 'function') throw new ConfigurationError('orgLoader()', 'takes a function that makes a loader');
  const byWork = new WeakMap<object, Held<Loader>[]>();
  return () => {
    const orgId = currentOrg();
    const auth = findCurrentAuth();
    const request = framedRequest();
    const work = findOrgScope() ?? request ?? auth;
    if (work === undefined) throw new OrgContextError('org_context_missing');
    const held = byWork.get(work) ?? [];
    const known = held.find((one) => one.orgId === orgId && one.auth === auth && one.request === request);
    if (known !== undefined) return known.loader;
    const loader = guard(make(), orgId);
    byWork.set(work, [...held, { loader, orgId, auth, request }]);
    // All requests with a token have one Auth, for as long as the token is good.
    if (work === auth) setImmediate(() => byWork.delete(work));
    return loader;
  };
}

/** The loader, whose methods first look for whom they are called. */
function guard<Loader extends object>(loader: Loader, orgId: OrgId): Loader {
  const guarded: Loader = new Proxy(loader, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => {
        if (findCurrentOrg() !== orgId) throw new OrgContextError('org_context_conflict');
        const result: unknown = Reflect.apply(member, target, parameters);
        return result === target ? guarded : result;
      };
    },
  });
  return guarded;
}
