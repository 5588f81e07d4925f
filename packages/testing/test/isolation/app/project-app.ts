import { createVerifier } from '@connect-auth/core';
import type { TestIssuer } from '../../../src/index.js';
import { authenticate } from './authenticate.js';
import { type Call, type HandlerName, handlers, type Reply } from './project-handlers.js';
import { ProjectStore } from './project-store.js';
import type { Bug } from './seeded-bugs.js';

/** An application that keeps organizations apart but for its bugs, before a framework gives it routes. */
export interface ProjectApp {
  readonly store: ProjectStore;
  readonly serve: (name: HandlerName, call: Call) => Promise<Reply>;
}

export function createProjectApp(issuer: TestIssuer, bugs: ReadonlySet<Bug>): ProjectApp {
  const verifier = createVerifier(issuer.verifierOptions());
  const state = { store: new ProjectStore(), bugs, cache: new Map<string, Reply>() };
  return {
    store: state.store,
    serve: async (name, call) => {
      if (name === 'health') return handlers.health();
      const path = call.url.split('?')[0] as string;
      const isUnguarded =
        (bugs.has('anonymousSlash') && path.endsWith('/')) || (bugs.has('anonymousUpperCase') && /SUMMARY/.test(path));
      const isSingle = bugs.has('noToken') || bugs.has('orgLessToken') || bugs.has('expiredToken');
      const active: ReadonlySet<Bug> = isSingle && name !== 'listProjects' ? new Set() : bugs;
      const caller =
        isUnguarded && name === 'summarize'
          ? { orgId: state.store.projects[0]?.org_id ?? '' }
          : await authenticate(verifier, active, call.headers.authorization);
      if ('status' in caller) return { status: caller.status, body: { message: 'refused' } };
      return handlers[name](call, caller.orgId, state);
    },
  };
}
