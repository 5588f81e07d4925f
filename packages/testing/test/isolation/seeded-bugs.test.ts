import { describe, expect, test } from '@jest/globals';
import { probeIsolation } from '../../src/isolation.js';
import { engines } from './app/engine.js';
import { openEngine } from './app/open-engine.js';
import { bugsOf } from './app/seeded-bugs.js';

describe.each(engines)('%s', (engine) => {
  test('without a bug there is no finding, and every route is probed', async () => {
    const { app, fixtures } = await openEngine(engine);
    const { findings, coverage } = await probeIsolation(app, fixtures);
    expect(findings).toEqual([]);
    expect(coverage.uncovered).toEqual([]);
    expect(coverage.skipped.map(({ route }) => route)).toEqual(['GET /v1/health']);
    expect([...coverage.probed].sort()).toEqual([
      'DELETE /v1/projects/:id',
      'GET /v1/orgs/:orgId/projects',
      'GET /v1/projects',
      'GET /v1/projects/:id',
      'GET /v1/projects/:id/tasks/:taskId',
      'GET /v1/stats',
      'GET /v1/summary',
      'PATCH /v1/projects/:id',
      'POST /v1/projects',
      'POST /v1/projects/:id',
      'POST /v1/tasks',
    ]);
  });

  test.each(bugsOf(engine))('%s', async (bug, { finds, on }) => {
    const { app, fixtures } = await openEngine(engine, bug);
    const { findings, coverage } = await probeIsolation(app, fixtures);
    expect(findings.map(({ kind, route }) => `${kind} on ${route}`)).toEqual([`${finds} on ${on}`]);
    expect(coverage.uncovered).toEqual([]);
  });
});
