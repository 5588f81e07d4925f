import { describeDifference, tellApart } from '../answers/tell-apart.js';
import { isSafe } from '../fixtures/check-names.js';
import type { Bearer } from '../fixtures/mint-tokens.js';
import { writeCurlLine } from '../report/curl-line.js';
import { type FindingKind, type IsolationFinding, severities } from '../report/finding.js';
import type { Route } from '../routes/route.js';
import type { Choice, Place, Scene } from '../scene/place.js';
import { type Changes, planRequest, type RequestPlan } from '../scene/plan-request.js';
import type { ProbeSession, Trial, Watched } from './probe-session.js';

/** Chooses the value for each place. */
export type Choose = (place: Place) => Choice;

export const own: Choose = () => 'own';

/** A route that is probed: its requests, and its findings. */
export interface RouteProbe {
  readonly route: Route;
  readonly isSafe: boolean;
  readonly places: readonly Place[];
  /** Sends A's request, changed if told so; watches B unless told otherwise. */
  readonly attempt: (choose?: Choose, changes?: Changes, bearer?: Bearer, watched?: Watched) => Promise<Trial>;
  /** Sends B's own request, with A watched. */
  readonly attemptAsB: (changes?: Changes) => Promise<Trial>;
  /** Seeds objects that no request has touched yet. `attempt` does so after a request that may have used them up. */
  readonly renew: () => Promise<void>;
  /** Describes how answers to foreign ids consistently differ from those to unknown ids; `undefined` if they do not. */
  readonly compare: (foreign: AttemptAgain, unknown: AttemptAgain) => Promise<string | undefined>;
  readonly report: (kind: FindingKind, trial: Trial, seen: string) => void;
  readonly hasFound: (...kinds: FindingKind[]) => boolean;
}

type AttemptAgain = () => Promise<Trial>;

/** Number of answers of each kind that have to agree before a difference counts. */
const rounds = 3;

export async function openRouteProbe<Objects>(
  session: ProbeSession<Objects>,
  route: Route,
  findings: IsolationFinding[],
): Promise<RouteProbe> {
  let scene: Scene<Objects>;
  let plan: RequestPlan;
  const renew = async () => {
    scene = { own: await session.seed('a'), foreign: await session.seed('b') };
    plan = planRequest(session.fixtures, route, scene);
  };
  await renew();

  const send = async (request: ReturnType<RequestPlan['write']>, bearer: Bearer, watched: Watched) => {
    const trial = await session.attempt(request, bearer, watched);
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
      const swapped = planRequest(session.fixtures, route, { own: scene.foreign, foreign: scene.own });
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
