import { ConfigurationError, findCurrentAuth } from '@connect-auth/core';
import { keptValues } from '@connect-auth/core/adapter';
import { OrgContextError } from '../errors/org-context-error.js';
import { currentOrg, findCurrentOrg } from '../frame/current-org.js';
import type { OrgId } from '../frame/org-id.js';

/** A loader, with everything that must match for it to be used again. */
interface Held<Loader> {
  readonly loader: Loader;
  readonly orgId: OrgId;
  readonly auth: object | undefined;
}

/**
 * Makes one loader for each piece of work: `orgLoader(() => new DataLoader(loadProjects))` returns a function that
 * gives the loader of the current request or job. A shared loader would batch the queries of two organizations in one
 * turn, run both as whichever came first, and give one the values it remembers for the other.
 *
 * A loader lives as long as its work: a request, a message, a job, a turn of `crossOrg`.
 *
 * The loader refuses to be used for any organization but its own, wherever it was kept meanwhile. It does not guard
 * anything that loaders share: begin the keys of a shared `cacheMap` with the organization (`orgKey`), and bind the
 * callbacks that a shared `batchScheduleFn` gathers to their frame (`AsyncResource.bind`).
 *
 * @param make makes a loader, in the frame that it is for
 * @throws ConfigurationError if `make` is not a function. The returned function, and the methods of the loader, throw
 * an `OrgContextError`: `org_context_missing` outside a frame, `org_context_conflict` in another organization's
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

/** Wraps the loader, so that its methods first check which organization they are called for. */
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
