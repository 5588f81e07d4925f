import { openApp, type ProbedApp } from './app/open-app.js';
import { checkFixtures } from './fixtures/check-fixtures.js';
import { checkNames, isSafe } from './fixtures/check-names.js';
import type { IsolationFixtures } from './fixtures/isolation-fixtures.js';
import { probeAggregates } from './probes/probe-aggregates.js';
import { probeRoute } from './probes/probe-route.js';
import { createSession, type ProbeSession } from './probes/probe-session.js';
import type { RouteProbe } from './probes/route-probe.js';
import type { IsolationFinding } from './report/finding.js';
import type { IsolationReport, UnprobedRoute } from './report/isolation-report.js';
import { listRoutes } from './routes/list-routes.js';
import type { Route } from './routes/route.js';

/**
 * Requests every route of an application as its owner and as another organization, over HTTP, and reports what one
 * learnt of the other. Does not detect differences in time, data that leaves by mail, export or webhook, faults in
 * workflows of several steps, or anything beyond HTTP.
 *
 * @param app an Express (5.3 or later), Nest or Fastify application; it need not listen, nor be initialised
 * @throws ConfigurationError for a fixture that is missing, wrong, or matches nothing
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
  const session = createSession(fixtures, app.port);
  // B has more than A from the start: equal amounts would give equal counts.
  await session.seed('b');
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
      const { probe, reason } = await probeRoute(session, route, findings);
      if (probe !== undefined) probed.push(probe);
      if (reason !== undefined) uncovered.push({ route: route.key, reason });
    }
  };
  // Reads go first: later there are so many rows that a list might end before the one that betrays it.
  await run(wanted.filter(({ method }) => isSafe(method)));
  await probeAggregates(session, probed);
  await run(wanted.filter(({ method }) => !isSafe(method)));

  return {
    findings,
    coverage: {
      probed: probed.map(({ route }) => route.key),
      skipped,
      uncovered: addUnprovenReads(session, probed, uncovered),
    },
    requests: session.requests(),
  };
}

/** Adds every read to the uncovered routes if A never saw any of its own objects: not seeing B's then proves nothing. */
function addUnprovenReads(
  session: Pick<ProbeSession<never>, 'hasSeenOwner'>,
  probed: readonly RouteProbe[],
  uncovered: readonly UnprobedRoute[],
): readonly UnprobedRoute[] {
  const reads = probed.filter((probe) => probe.isSafe);
  if (reads.length === 0 || session.hasSeenOwner()) return uncovered;
  const reason =
    'no answer held anything of what `seed` made for its owner: write `org.canary` into what routes answer';
  return [...uncovered, ...reads.map(({ route }) => ({ route: route.key, reason }))];
}
