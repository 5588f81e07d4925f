import { beforeAll, describe, expect, test } from '@jest/globals';
import { type IsolationReport, probeIsolation } from '../../src/isolation.js';
import { engines } from './app/engine.js';
import { openEngine } from './app/open-engine.js';
import { reportedRoute } from './app/project-routes.js';
import { buggyRoutesOf, bugsOf } from './app/seeded-bugs.js';

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

  describe('with each bug on a route of its own', () => {
    const bugs = bugsOf(engine);
    let report: IsolationReport;
    beforeAll(async () => {
      const { app, fixtures } = await openEngine(engine, buggyRoutesOf(engine));
      report = await probeIsolation(app, fixtures);
    });

    const isOf = (bug: string, route: string) => route.split('/')[2] === bug;

    test.each(bugs)('%s', (bug, { finds, on, by = on }) => {
      const { findings, coverage } = report;
      const found = findings.filter(({ route }) => isOf(bug, route));
      expect(found.map(({ kind, route }) => `${kind} on ${route}`)).toEqual([`${finds} on ${reportedRoute(on, bug)}`]);
      const probed = new Set([reportedRoute(on, bug), reportedRoute(by, bug)]);
      expect(coverage.probed.filter((route) => isOf(bug, route)).sort()).toEqual([...probed].sort());
    });

    test('there is one finding for each of them, and every route is probed', () => {
      const { findings, coverage } = report;
      expect(findings).toHaveLength(bugs.length);
      expect(coverage.uncovered).toEqual([]);
      expect(coverage.skipped).toEqual([]);
    });
  });
});
