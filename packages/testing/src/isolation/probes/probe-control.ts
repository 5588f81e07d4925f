import type { Trial } from './probe-bench.js';
import type { RouteProbe } from './route-probe.js';

/**
 * The owner's own request, on both sides. A route on which it fails would refuse anybody, so that nothing can be learnt
 * from what it refuses.
 * @returns why nothing can be learnt, or `undefined`
 */
export async function probeControl(probe: RouteProbe): Promise<string | undefined> {
  const first = await probe.attempt();
  if (!first.isSuccess) return `A's own request was answered ${statusOf(first)}`;
  // Told before B has asked: no cache can have done this.
  if (first.trace !== undefined) probe.report('unfiltered-list', first, `the answer ${describeTrace(first)}`);
  await probe.renew();
  const second = await probe.attemptAsB();
  if (!second.isSuccess) return `B's own request was answered ${statusOf(second)}`;
  await probe.renew();
  if (probe.isSafe) return undefined;
  // With a body that works only once, every later refusal would be for that reason.
  const again = await probe.attempt();
  if (!again.isSuccess)
    return `A's own request was answered ${statusOf(again)} at the second time; make its body new each time`;
  return undefined;
}

export const describeTrace = (trial: Trial): string => `(${statusOf(trial)}) holds "${trial.trace}", which is B's`;

export const statusOf = ({ answer }: Trial): string => {
  if (answer.status === 0) return 'by nothing';
  return answer.isComplete ? String(answer.status) : `${answer.status} without an end`;
};
