import { describeDifference, tellApart } from '../answers/tell-apart.js';
import { isSafe } from '../fixtures/check-names.js';
import type { Bearer } from '../fixtures/mint-tokens.js';
import { writeCurlLine } from '../report/curl-line.js';
import { type FindingKind, type IsolationFinding, severities } from '../report/finding.js';
import type { Route } from '../routes/route.js';
import type { Choice, Place, Scene } from '../scene/place.js';
import { type Changes, planRequest, type RequestPlan } from '../scene/plan-request.js';
import type { ProbeBench, Trial, Watched } from './probe-bench.js';

/** Chooses the value for each place. */
export type Choose = (place: Place) => Choice;

export const own: Choose = () => 'own';

/** One route under probe: its requests, and what was found on it. */
export interface RouteProbe {
  readonly route: Route;
  readonly isSafe: boolean;
  readonly places: readonly Place[];
  /** Sends A's request, or what became of it; watches B unless told. */
  readonly attempt: (choose?: Choose, changes?: Changes, bearer?: Bearer, watched?: Watched) => Promise<Trial>;
  /** The same with the organizations in each other's place: B's own request, with A watched. */
  readonly attemptAsB: (changes?: Changes) => Promise<Trial>;
  /** Objects that no request has touched yet. Done by itself after a request that may have used them up. */
  readonly renew: () => Promise<void>;
  /** Tells foreign from unknown ids by answers that are the same each time; in words, or `undefined`. */
  readonly compare: (foreign: AttemptAgain, unknown: AttemptAgain) => Promise<string | undefined>;
  readonly report: (kind: FindingKind, trial: Trial, seen: string) => void;
  readonly hasFound: (...kinds: FindingKind[]) => boolean;
}

type AttemptAgain = () => Promise<Trial>;

/** So many answers of each kind have to agree before a difference counts. */
const rounds = 3;

export async function openRouteProbe<Objects>(
  bench: ProbeBench<Objects>,
  route: Route,
  findings: IsolationFinding[],
): Promise<RouteProbe> {
  let scene: Scene<Objects>;
  let plan: RequestPlan;
  const renew = async () => {
    scene = { own: await bench.seed('a'), foreign: await bench.seed('b') };
    plan = planRequest(bench.fixtures, route, scene);
  };
  await renew();

  const send = async (request: ReturnType<RequestPlan['write']>, bearer: Bearer, watched: Watched) => {
    const trial = await bench.attempt(request, bearer, watched);
    if (trial.hasWritten || (!isSafe(request.method) && trial.isSuccess)) await renew();
    return trial;
  };

  return {
    route,
    isSafe: isSafe(route.method),
    get places() {
      return plan.places;
    },
    attempt: (choose = own, changes = {}, bearer = 'a', watched = 'b') =>
      send(plan.write(choose, changes), bearer, watched),
    attemptAsB: (changes = {}) => {
      const swapped = planRequest(bench.fixtures, route, { own: scene.foreign, foreign: scene.own });
      return send(swapped.write(own, changes), 'b', 'a');
    },
    renew,
    compare: async (foreign, unknown) => {
      const some: Trial[] = [];
      const others: Trial[] = [];
      for (let round = 0; round < rounds; round += 1) {
        some.push(await foreign());
        others.push(await unknown());
        const told = tellApart(featuresOf(some), featuresOf(others));
        if (told.length === 0) return undefined;
        if (round < rounds - 1) continue;
        return describeDifference(told, some[0]?.features ?? new Map(), others[0]?.features ?? new Map());
      }
      return undefined;
    },
    report: (kind, { request, bearer }, seen) => {
      const curl = writeCurlLine(request, bearer);
      findings.push({ kind, severity: severities[kind], route: route.key, seen, curl });
    },
    hasFound: (...kinds) => findings.some(({ kind, route: at }) => at === route.key && kinds.includes(kind)),
  };
}

const featuresOf = (trials: readonly Trial[]) => trials.map(({ features }) => features);
