import { inspect } from 'node:util';
import type { SeededOrg } from '../fixtures/isolation-fixtures.js';
import { checkStorm, type LeakStormOptions } from './leak-storm-options.js';
import { openTarget, type StormTarget } from './storm-operation.js';

/** One case of an organization that was shown something of another's. */
export interface StormLeak {
  readonly org: string;
  readonly shown: string;
  readonly turn: number;
}

export interface LeakStormReport {
  readonly operations: number;
  /** Operations that returned something. */
  readonly completed: number;
  /** Operations that threw, or were answered with a status of 500 or more. */
  readonly failed: number;
  /** Requests that their client left. */
  readonly aborted: number;
  /** Operations that showed an organization something of its own. */
  readonly ownSeen: number;
  readonly leaks: readonly StormLeak[];
}

/** Thrown when organizations saw each other, or when one never saw itself, so that the storm proves nothing. */
export class LeakStormError extends Error {
  override readonly name = 'LeakStormError';

  constructor(
    problem: string,
    readonly report: LeakStormReport,
  ) {
    super(problem);
  }
}

/**
 * Makes many organizations work at once through whatever they share (a pool, a cache, a context), and looks for the
 * canary of one in what another saw. Finds state that is left behind between requests, which no single request shows.
 *
 * @returns the counts, if nothing leaked
 * @throws LeakStormError for any foreign canary, and when an organization never saw its own
 * @throws ConfigurationError for a wrong option
 */
export async function leakStorm(options: LeakStormOptions): Promise<LeakStormReport> {
  checkStorm(options);
  const target = await openTarget(options);
  try {
    return judge(options.orgs, await runStorm(options, target));
  } finally {
    await target.close();
  }
}

type Tally = { -readonly [Name in keyof LeakStormReport]: LeakStormReport[Name] } & {
  leaks: StormLeak[];
  own: Set<string>;
};

async function runStorm({ orgs, operations = 3000, concurrency = 60 }: LeakStormOptions, { operate }: StormTarget) {
  const tally: Tally = { operations, completed: 0, failed: 0, aborted: 0, ownSeen: 0, leaks: [], own: new Set() };
  let next = 0;
  const work = async () => {
    while (next < operations) {
      const turn = next++;
      const org = orgs[turn % orgs.length] as SeededOrg;
      const outcome = await operate(org, turn);
      if (outcome === 'aborted') {
        tally.aborted += 1;
        continue;
      }
      if ('saw' in outcome) tally.completed += 1;
      else tally.failed += 1;
      const text = toText('saw' in outcome ? outcome.saw : outcome.failed);
      if (text.includes(org.canary.toLowerCase())) {
        tally.ownSeen += 1;
        tally.own.add(org.id);
      }
      const shown = orgs.find((other) => other !== org && text.includes(other.canary.toLowerCase()));
      if (shown !== undefined) tally.leaks.push({ org: org.id, shown: shown.id, turn });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, operations) }, work));
  return tally;
}

function toText(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: Infinity });
  return text.toLowerCase();
}

function judge(orgs: readonly SeededOrg[], { own, ...report }: Tally): LeakStormReport {
  const { leaks, operations, completed, failed } = report;
  const [first] = leaks;
  if (first !== undefined) {
    const sample = `${first.org} was shown what is ${first.shown}'s (turn ${first.turn})`;
    throw new LeakStormError(`${leaks.length} of ${operations} operations leaked; the first: ${sample}`, report);
  }
  const blind = orgs.filter(({ id }) => !own.has(id)).map(({ id }) => id);
  if (blind.length > 0) {
    const counts = `${completed} completed, ${failed} failed`;
    throw new LeakStormError(`nothing is proven: ${blind.join(', ')} never saw its own canary (${counts})`, report);
  }
  return report;
}
