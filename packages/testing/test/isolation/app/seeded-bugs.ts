import type { FindingKind } from '../../../src/isolation.js';
import type { Engine } from './engine.js';
import type { ProjectRoute } from './project-routes.js';

interface SeededBug {
  readonly finds: FindingKind;
  readonly on: ProjectRoute;
  /** Another route that it takes. */
  readonly by?: ProjectRoute;
  /** Where the framework lets it happen. Default: everywhere. */
  readonly engines?: readonly Engine[];
}

const onExpress: readonly Engine[] = ['Express', 'Nest on Express'];

/** What can be wrong with the application of these tests, one thing on a route, and what has to be found there. */
const seededBugs = {
  unfilteredRead: { finds: 'foreign-read', on: 'GET /projects/:id' },
  forbiddenInsteadOfUnknown: { finds: 'existence-oracle', on: 'GET /projects/:id' },
  errorNamesOwner: { finds: 'foreign-read', on: 'GET /projects/:id' },
  headerNamesProject: { finds: 'foreign-read', on: 'GET /projects/:id' },
  headTellsForeign: { finds: 'surface-bypass', on: 'GET /projects/:id' },
  writeBeforeRefusal: { finds: 'hidden-write', on: 'PATCH /projects/:id' },
  foreignUpdate: { finds: 'foreign-write', on: 'PATCH /projects/:id' },
  foreignDelete: { finds: 'foreign-write', on: 'DELETE /projects/:id' },
  methodOverride: { finds: 'surface-bypass', on: 'DELETE /projects/:id', by: 'POST /projects/:id' },
  unfilteredList: { finds: 'unfiltered-list', on: 'GET /projects' },
  orgFromHeader: { finds: 'org-selector', on: 'GET /projects' },
  orgFromQuery: { finds: 'org-selector', on: 'GET /projects' },
  orgOfWriteFromQuery: { finds: 'org-selector', on: 'POST /projects' },
  massAssignment: { finds: 'mass-assignment', on: 'POST /projects' },
  moveByUpdate: { finds: 'mass-assignment', on: 'PATCH /projects/:id' },
  foreignReference: { finds: 'foreign-reference', on: 'POST /tasks' },
  foreignReferenceIsTold: { finds: 'existence-oracle', on: 'POST /tasks' },
  mixedParents: { finds: 'mixed-parents', on: 'GET /projects/:id/tasks/:taskId' },
  orgFromPath: { finds: 'foreign-read', on: 'GET /orgs/:orgId/projects' },
  countOfAll: { finds: 'aggregate-leak', on: 'GET /stats' },
  countByHeader: { finds: 'org-selector', on: 'GET /stats' },
  sharedCache: { finds: 'cache-leak', on: 'GET /summary' },
  sharedCacheOfOne: { finds: 'cache-leak', on: 'GET /projects/:id' },
  cacheOfGlobex: { finds: 'cache-leak', on: 'GET /summary' },
  cacheOfOneOfGlobex: { finds: 'cache-leak', on: 'GET /projects/:id' },
  noToken: { finds: 'missing-token', on: 'GET /projects' },
  orgLessToken: { finds: 'org-less-token', on: 'GET /projects' },
  expiredToken: { finds: 'expired-token', on: 'GET /projects' },
  anonymousSlash: { finds: 'surface-bypass', on: 'GET /summary', engines: onExpress },
  anonymousUpperCase: { finds: 'surface-bypass', on: 'GET /summary', engines: onExpress },
} as const satisfies Record<string, SeededBug>;

export type Bug = keyof typeof seededBugs;

/** A bug, with the routes of which it has copies of its own under `/v1/<bug>`. */
export interface BuggyRoutes {
  readonly bug: Bug;
  readonly routes: readonly ProjectRoute[];
}

export const buggyRoutesOf = (engine: Engine): readonly BuggyRoutes[] =>
  bugsOf(engine).map(([bug, { on, by }]) => ({ bug, routes: by === undefined ? [on] : [on, by] }));

export const bugsOf = (engine: Engine): readonly (readonly [Bug, SeededBug])[] =>
  (Object.entries(seededBugs) as [Bug, SeededBug][]).filter(([, { engines }]) => engines?.includes(engine) ?? true);
