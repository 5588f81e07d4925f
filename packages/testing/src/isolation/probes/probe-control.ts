import type { Trial } from './probe-session.js';
import type { RouteProbe } from './route-probe.js';

/**
 * Sends the owner's own request, for both organizations. A route that refuses its owner might refuse anybody, so its
 * refusals prove nothing.
 *
 * @returns why they prove nothing, or `undefined`
 */
export async function probeControl(probe: RouteProbe): Promise<string | undefined> {
  const first = await probe.attempt();
  if (!first.isSuccess) return `A's own request was answered ${statusOf(first)}`;
  // B has not sent a request yet: no cache can have caused this.
  if (first.trace !== undefined) probe.report('unfiltered-list', first, `the answer ${describeTrace(first)}`);
  await probe.renew();
  const second = await probe.attemptAsB();
  if (!second.isSuccess) return `B's own request was answered ${statusOf(second)}`;
  await probe.renew();
  if (probe.isSafe) return undefined;
  // If the body works only once, every later refusal has that reason.
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
