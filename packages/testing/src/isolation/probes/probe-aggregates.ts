import { describeDifference, tellApart } from '../answers/tell-apart.js';
import type { ProbeSession, Trial } from './probe-session.js';
import type { RouteProbe } from './route-probe.js';

/** Number of answers taken before and after, of every route in turn. */
const samples = 2;

/**
 * Finds counts and sums over both organizations, which hold no text that could betray their owner: B is given more
 * objects, twice, and A's answers must not change with that. A fact counts only if it changes both times and stays the
 * same while B is given nothing; otherwise it may depend on the time of day, or on A's own requests.
 */
export async function probeAggregates<Objects>(
  session: ProbeSession<Objects>,
  probes: readonly RouteProbe[],
): Promise<void> {
  const silent = probes.filter(
    (probe) => probe.isSafe && !probe.hasFound('unfiltered-list', 'foreign-read', 'org-selector', 'cache-leak'),
  );
  const earlier = await takeSamples(silent);
  const before = await takeSamples(silent);
  await session.seed('b');
  const once = await takeSamples(silent);
  await session.seed('b');
  const twice = await takeSamples(silent);
  for (const probe of silent) {
    const [zeroth, first, second, third] = [earlier, before, once, twice].map((all) => all.get(probe) ?? []) as [
      Trial[],
      Trial[],
      Trial[],
      Trial[],
    ];
    const changingAnyway = new Set(tellApart(featuresOf(zeroth), featuresOf(first)));
    const changedFirst = tellApart(featuresOf(first), featuresOf(second));
    const changedAgain = new Set(tellApart(featuresOf(second), featuresOf(third)));
    const changed = changedFirst.filter((name) => changedAgain.has(name) && !changingAnyway.has(name));
    const [trial] = first;
    if (changed.length === 0 || trial === undefined || second[0] === undefined) continue;
    const seen = describeDifference(changed, second[0].features, trial.features);
    probe.report('aggregate-leak', trial, `when B was given more, A's answer changed: ${seen}`);
  }
}

async function takeSamples(probes: readonly RouteProbe[]): Promise<ReadonlyMap<RouteProbe, readonly Trial[]>> {
  const taken = new Map<RouteProbe, Trial[]>(probes.map((probe) => [probe, []]));
  for (let round = 0; round < samples; round += 1) {
    for (const [probe, trials] of taken) trials.push(await probe.attempt());
  }
  return taken;
}

const featuresOf = (trials: readonly Trial[]) => trials.map(({ features }) => features);
