import { describeDifference, tellApart } from '../answers/tell-apart.js';
import type { ProbeBench, Trial } from './probe-bench.js';
import type { RouteProbe } from './route-probe.js';

/** So many answers are taken before and after, of every route in turn. */
const samples = 2;

/**
 * Counts and sums hold no text that could betray whose they are. So B is given more, twice, and what A is told must not
 * change with it. It has to change both times, and to stay as it is while B is given nothing, or it was the time of day,
 * or what A itself asked for.
 */
export async function probeAggregates<Objects>(
  bench: ProbeBench<Objects>,
  probes: readonly RouteProbe[],
): Promise<void> {
  const silent = probes.filter(
    (probe) => probe.isSafe && !probe.hasFound('unfiltered-list', 'foreign-read', 'org-selector', 'cache-leak'),
  );
  const earlier = await takeSamples(silent);
  const before = await takeSamples(silent);
  await bench.seed('b');
  const once = await takeSamples(silent);
  await bench.seed('b');
  const twice = await takeSamples(silent);
  for (const probe of silent) {
    const [zeroth, first, second, third] = [earlier, before, once, twice].map((all) => all.get(probe) ?? []) as [
      Trial[],
      Trial[],
      Trial[],
      Trial[],
    ];
    const restless = new Set(tellApart(featuresOf(zeroth), featuresOf(first)));
    const changedFirst = tellApart(featuresOf(first), featuresOf(second));
    const changedAgain = new Set(tellApart(featuresOf(second), featuresOf(third)));
    const changed = changedFirst.filter((name) => changedAgain.has(name) && !restless.has(name));
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
