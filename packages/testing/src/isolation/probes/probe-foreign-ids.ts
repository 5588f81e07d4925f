import type { Place } from '../scene/place.js';
import { describeTrace, statusOf } from './probe-control.js';
import type { Trial } from './probe-session.js';
import type { Choose, RouteProbe } from './route-probe.js';

/**
 * Sends B's ids with A's token: first all of them, then one at a time among A's own. Nothing of B's may change, and the
 * answer must hold nothing of B's and be the same as for ids that no object has.
 */
export async function probeForeignIds(probe: RouteProbe): Promise<void> {
  const inUrl = probe.places.filter(({ where }) => where !== 'body');
  if (inUrl.length === 0) return;
  const names = inUrl.map(({ name }) => name);
  const groups = names.length === 1 ? [names] : [names, ...names.map((name) => [name])];

  for (const group of groups) {
    const isMixed = group.length < names.length;
    const isChosen = ({ where, name }: Place) => where !== 'body' && group.includes(name);
    const foreign: Choose = (place) => (isChosen(place) ? 'foreign' : 'own');
    const unknown: Choose = (place) => (isChosen(place) ? 'unknown' : 'own');
    const ids = isMixed ? `B's ${group.join()} among A's own ids` : `B's ${group.join(', ')}`;

    const trial = await probe.attempt(foreign);
    if (trial.hasWritten) {
      const kind = isMixed ? 'mixed-parents' : trial.isSuccess ? 'foreign-write' : 'hidden-write';
      return probe.report(
        kind,
        trial,
        `with ${ids} the answer was ${statusOf(trial)}, and what is stored for B changed`,
      );
    }
    if (trial.trace !== undefined) {
      const kind = isMixed ? 'mixed-parents' : 'foreign-read';
      return probe.report(kind, trial, `with ${ids} the answer ${describeTrace(trial)}`);
    }
    const difference = await probe.compare(
      () => probe.attempt(foreign),
      () => probe.attempt(unknown),
    );
    if (difference !== undefined) return reportDifference(probe, trial, isMixed, `with ${ids}: ${difference}`);
  }
}

/** Reports an answer that only B's id causes: either B's object after all, or a sign that it exists. */
function reportDifference(probe: RouteProbe, trial: Trial, isMixed: boolean, seen: string): void {
  if (!trial.isSuccess) return probe.report('existence-oracle', trial, `${seen} (for unknown ids)`);
  const kind = isMixed ? 'mixed-parents' : probe.isSafe ? 'foreign-read' : 'foreign-write';
  probe.report(kind, trial, `${seen} (for unknown ids)`);
}
