import { openApp, type ProbedApp } from './app/open-app.js';
import { checkFixtures } from './fixtures/check-fixtures.js';
import { checkNames, isSafe } from './fixtures/check-names.js';
import type { IsolationFixtures } from './fixtures/isolation-fixtures.js';
import { probeAggregates } from './probes/probe-aggregates.js';
import { createBench, type ProbeBench } from './probes/probe-bench.js';
import { probeRoute } from './probes/probe-route.js';
import type { RouteProbe } from './probes/route-probe.js';
import type { IsolationFinding } from './report/finding.js';
import type { IsolationReport, UnprobedRoute } from './report/isolation-report.js';
import { listRoutes } from './routes/list-routes.js';
import type { Route } from './routes/route.js';

/**
 * Asks every route of an application as its owner and as another organization, over HTTP, and tells what one learnt of
 * the other. What it does not see: differences in time, what leaves by mail, export or webhook, workflows of several
 * steps, and anything but HTTP.
 *
 * @param app an Express (5.3 or later), Nest or Fastify application; it need not listen, nor be initialised
 * @throws ConfigurationError for a fixture that is missing, wrong, or leads to nothing
 */
export async function probeIsolation<Objects>(
  app: unknown,
  fixtures: IsolationFixtures<Objects>,
): Promise<IsolationReport> {
  checkFixtures(fixtures);
  const opened = await openApp(app);
  try {
    return await probeApp(opened, fixtures);
  } finally {
    await opened.close();
  }
}

async function probeApp<Objects>(app: ProbedApp, fixtures: IsolationFixtures<Objects>): Promise<IsolationReport> {
  const { routes, opaque } = listRoutes(app, fixtures.routes);
  checkNames(fixtures, routes);
  const bench = createBench(fixtures, app.port);
  // B has more than A from the start: two that had the same would be counted the same.
  await bench.seed('b');
  const findings: IsolationFinding[] = [];
  const probed: RouteProbe[] = [];
  const uncovered: UnprobedRoute[] = opaque.map((mount) => ({
    route: `ALL ${mount}`,
    reason: 'what is mounted there does not list its routes; name them in `routes`',
  }));
  const skipped = Object.entries(fixtures.allow ?? {}).map(([route, reason]) => ({ route, reason }));
  const wanted = routes.filter(({ key }) => fixtures.allow?.[key] === undefined);

  const run = async (some: readonly Route[]) => {
    for (const route of some) {
      const { probe, reason } = await probeRoute(bench, route, findings);
      if (probe !== undefined) probed.push(probe);
      if (reason !== undefined) uncovered.push({ route: route.key, reason });
    }
  };
  // What reads goes first: later there is so much that a list might end before the row that betrays it.
  await run(wanted.filter(({ method }) => isSafe(method)));
  await probeAggregates(bench, probed);
  await run(wanted.filter(({ method }) => !isSafe(method)));

  return {
    findings,
    coverage: {
      probed: probed.map(({ route }) => route.key),
      skipped,
      uncovered: doubtTraces(bench, probed, uncovered),
    },
    requests: bench.requests(),
  };
}

/** If A never saw anything of its own objects, that it saw nothing of B's means nothing. */
function doubtTraces(
  bench: Pick<ProbeBench<never>, 'hasSeenOwner'>,
  probed: readonly RouteProbe[],
  uncovered: readonly UnprobedRoute[],
): readonly UnprobedRoute[] {
  const reads = probed.filter((probe) => probe.isSafe);
  if (reads.length === 0 || bench.hasSeenOwner()) return uncovered;
  const reason =
    'no answer held anything of what `seed` made for its owner: write `org.canary` into what routes answer';
  return [...uncovered, ...reads.map(({ route }) => ({ route: route.key, reason }))];
}
