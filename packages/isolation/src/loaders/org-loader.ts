import { ConfigurationError, findCurrentAuth } from '@connect-auth/core';
import { keptValues } from '@connect-auth/core/adapter';
import { OrgContextError } from '../errors/org-context-error.js';
import { currentOrg, findCurrentOrg } from '../frame/current-org.js';
import type { OrgId } from '../frame/org-id.js';

/** A loader, and all that has to be the same for it to be used again. */
interface Held<Loader> {
  readonly loader: Loader;
  readonly orgId: OrgId;
  readonly auth: object | undefined;
}

/**
 * One loader for each piece of work: `orgLoader(() => new DataLoader(loadProjects))` gives a function that answers the
 * loader of the request or job at hand. A loader that is shared batches what two organizations ask for in one turn, and
 * asks for both as whoever came first; what it remembers, it tells the other.
 *
 * A loader lives as long as the work that it is for: a request, a message, a job, a turn of `crossOrg`.
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
  const definition = {};
  return () => {
    const orgId = currentOrg();
    const auth = findCurrentAuth();
    const kept = keptValues();
    if (kept === undefined) throw new OrgContextError('org_context_missing');
    const held = (kept.get(definition) ?? []) as readonly Held<Loader>[];
    const known = held.find((one) => one.orgId === orgId && one.auth === auth);
    if (known !== undefined) return known.loader;
    const loader = guard(make(), orgId);
    kept.set(definition, [...held, { loader, orgId, auth }]);
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
