import type { FindingKind } from '../../../src/isolation.js';
import type { Engine } from './engine.js';

interface SeededBug {
  readonly finds: FindingKind;
  readonly on: string;
  /** Where the framework lets it happen. Default: everywhere. */
  readonly engines?: readonly Engine[];
}

const onExpress: readonly Engine[] = ['Express', 'Nest on Express'];

/** What can be wrong with the application of these tests, one thing at a time, and what has to be found then. */
const seededBugs = {
  unfilteredRead: { finds: 'foreign-read', on: 'GET /v1/projects/:id' },
  forbiddenInsteadOfUnknown: { finds: 'existence-oracle', on: 'GET /v1/projects/:id' },
  errorNamesOwner: { finds: 'foreign-read', on: 'GET /v1/projects/:id' },
  headerNamesProject: { finds: 'foreign-read', on: 'GET /v1/projects/:id' },
  headTellsForeign: { finds: 'surface-bypass', on: 'GET /v1/projects/:id' },
  writeBeforeRefusal: { finds: 'hidden-write', on: 'PATCH /v1/projects/:id' },
  foreignUpdate: { finds: 'foreign-write', on: 'PATCH /v1/projects/:id' },
  foreignDelete: { finds: 'foreign-write', on: 'DELETE /v1/projects/:id' },
  methodOverride: { finds: 'surface-bypass', on: 'DELETE /v1/projects/:id' },
  unfilteredList: { finds: 'unfiltered-list', on: 'GET /v1/projects' },
  orgFromHeader: { finds: 'org-selector', on: 'GET /v1/projects' },
  orgFromQuery: { finds: 'org-selector', on: 'GET /v1/projects' },
  orgOfWriteFromQuery: { finds: 'org-selector', on: 'POST /v1/projects' },
  massAssignment: { finds: 'mass-assignment', on: 'POST /v1/projects' },
  moveByUpdate: { finds: 'mass-assignment', on: 'PATCH /v1/projects/:id' },
  foreignReference: { finds: 'foreign-reference', on: 'POST /v1/tasks' },
  foreignReferenceIsTold: { finds: 'existence-oracle', on: 'POST /v1/tasks' },
  mixedParents: { finds: 'mixed-parents', on: 'GET /v1/projects/:id/tasks/:taskId' },
  orgFromPath: { finds: 'foreign-read', on: 'GET /v1/orgs/:orgId/projects' },
  countOfAll: { finds: 'aggregate-leak', on: 'GET /v1/stats' },
  countByHeader: { finds: 'org-selector', on: 'GET /v1/stats' },
  sharedCache: { finds: 'cache-leak', on: 'GET /v1/summary' },
  sharedCacheOfOne: { finds: 'cache-leak', on: 'GET /v1/projects/:id' },
  cacheOfGlobex: { finds: 'cache-leak', on: 'GET /v1/summary' },
  cacheOfOneOfGlobex: { finds: 'cache-leak', on: 'GET /v1/projects/:id' },
  noToken: { finds: 'missing-token', on: 'GET /v1/projects' },
  orgLessToken: { finds: 'org-less-token', on: 'GET /v1/projects' },
  expiredToken: { finds: 'expired-token', on: 'GET /v1/projects' },
  anonymousSlash: { finds: 'surface-bypass', on: 'GET /v1/summary', engines: onExpress },
  anonymousUpperCase: { finds: 'surface-bypass', on: 'GET /v1/summary', engines: onExpress },
} as const satisfies Record<string, SeededBug>;

export type Bug = keyof typeof seededBugs;

export const bugsOf = (engine: Engine): readonly (readonly [Bug, SeededBug])[] =>
  (Object.entries(seededBugs) as [Bug, SeededBug][]).filter(([, { engines }]) => engines?.includes(engine) ?? true);
