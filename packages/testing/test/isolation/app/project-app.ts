import { createVerifier } from '@connect-auth/core';
import type { TestIssuer } from '../../../src/index.js';
import { authenticate } from './authenticate.js';
import { type Call, handlers, type Reply } from './project-handlers.js';
import type { HandlerName } from './project-routes.js';
import { ProjectStore } from './project-store.js';
import type { Bug, BuggyRoutes } from './seeded-bugs.js';

/** An application that keeps organizations apart but for its bugs, before a framework gives it routes. */
export interface ProjectApp {
  readonly store: ProjectStore;
  /** Copies of routes that have a bug each. Where there are some, they stand for the correct ones. */
  readonly buggy: readonly BuggyRoutes[];
  readonly serve: (name: HandlerName, call: Call, bug?: Bug) => Promise<Reply>;
}

export function createProjectApp(issuer: TestIssuer, buggy: readonly BuggyRoutes[]): ProjectApp {
  const verifier = createVerifier(issuer.verifierOptions());
  const store = new ProjectStore();
  const cache = new Map<string, Reply>();
  return {
    store,
    buggy,
    serve: async (name, call, bug) => {
      if (name === 'health') return handlers.health();
      const bugs: ReadonlySet<Bug> = new Set(bug === undefined ? [] : [bug]);
      const path = call.url.split('?')[0] as string;
      const isUnguarded =
        (bugs.has('anonymousSlash') && path.endsWith('/')) || (bugs.has('anonymousUpperCase') && /SUMMARY/.test(path));
      const caller = isUnguarded
        ? { orgId: store.projects[0]?.org_id ?? '' }
        : await authenticate(verifier, bugs, call.headers.authorization);
      if ('status' in caller) return { status: caller.status, body: { message: 'refused' } };
      return handlers[name](call, caller.orgId, { store, bugs, cache });
    },
  };
}
