import type { IsolationFinding } from '../report/finding.js';
import type { Route } from '../routes/route.js';
import { findMissing } from '../scene/plan-request.js';
import { probeOrgInBody, probeReferences } from './probe-body.js';
import { probeControl } from './probe-control.js';
import { probeForeignIds } from './probe-foreign-ids.js';
import { probeOrgSelectors } from './probe-org-selectors.js';
import type { ProbeSession } from './probe-session.js';
import { probeSharedCache } from './probe-shared-cache.js';
import { probeSurface } from './probe-surface.js';
import { probeTokens } from './probe-tokens.js';
import { openRouteProbe, type RouteProbe } from './route-probe.js';

/** The probe of a route, or the reason why there is none. */
export type ProbedRoute =
  | { readonly probe: RouteProbe; readonly reason?: undefined }
  | { readonly probe?: undefined; readonly reason: string };

/** Runs every probe that concerns one route alone, the gravest first. */
export async function probeRoute<Objects>(
  session: ProbeSession<Objects>,
  route: Route,
  findings: IsolationFinding[],
): Promise<ProbedRoute> {
  const { fixtures } = session;
  const missing = findMissing(fixtures, route);
  if (missing !== undefined) return { reason: missing };
  const probe = await openRouteProbe(session, route, findings);
  const reason = await probeControl(probe);
  if (reason !== undefined) return { reason };

  await probeForeignIds(probe);
  await probeOrgSelectors(probe, fixtures.orgs);
  await probeOrgInBody(probe, fixtures.orgs.b.id);
  await probeReferences(probe);
  await probeTokens(probe, fixtures.refusals);
  await probeSharedCache(probe);
  await probeSurface(probe);
  return { probe };
}
