import type { IsolationFinding } from '../report/finding.js';
import type { Route } from '../routes/route.js';
import { findMissing } from '../scene/plan-request.js';
import type { ProbeBench } from './probe-bench.js';
import { probeOrgInBody, probeReferences } from './probe-body.js';
import { probeControl } from './probe-control.js';
import { probeForeignIds } from './probe-foreign-ids.js';
import { probeOrgSelectors } from './probe-org-selectors.js';
import { probeSharedCache } from './probe-shared-cache.js';
import { probeSurface } from './probe-surface.js';
import { probeTokens } from './probe-tokens.js';
import { openRouteProbe, type RouteProbe } from './route-probe.js';

/** The probe that was made, or the reason why there was none. */
export type ProbedRoute =
  | { readonly probe: RouteProbe; readonly reason?: undefined }
  | { readonly probe?: undefined; readonly reason: string };

/** Every probe that one route can be put to by itself, the gravest first. */
export async function probeRoute<Objects>(
  bench: ProbeBench<Objects>,
  route: Route,
  findings: IsolationFinding[],
): Promise<ProbedRoute> {
  const { fixtures } = bench;
  const missing = findMissing(fixtures, route);
  if (missing !== undefined) return { reason: missing };
  const probe = await openRouteProbe(bench, route, findings);
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
