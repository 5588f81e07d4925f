export { expectIsolated, IsolationError } from './isolation/expect-isolated.js';
export type {
  IsolationFixtures,
  IsolationOrg,
  PathFixture,
  RefusalStatuses,
  SeededOrg,
  TokenSource,
  ValueFixture,
} from './isolation/fixtures/isolation-fixtures.js';
export { probeIsolation } from './isolation/probe-isolation.js';
export type { FindingKind, FindingSeverity, IsolationFinding } from './isolation/report/finding.js';
export type { IsolationReport, UnprobedRoute } from './isolation/report/isolation-report.js';
export { LeakStormError, type LeakStormReport, leakStorm, type StormLeak } from './isolation/storm/leak-storm.js';
export type { LeakStormOptions, StormRequest } from './isolation/storm/leak-storm-options.js';
export { expectWalls, WallError, type WallFinding, type WallReport } from './isolation/walls/expect-walls.js';
