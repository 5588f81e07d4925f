import { statusOf } from './probe-control.js';
import type { RouteProbe } from './route-probe.js';
import { own } from './route-probe.js';

/** A query that turns a URL without ids into one that was never requested before. */
const freshQuery = { connect_auth_probe: '1' };

/** Requests the same URL as one organization and right after as the other, in both orders. */
export async function probeSharedCache(probe: RouteProbe): Promise<void> {
  if (!probe.isSafe || probe.hasFound('foreign-read', 'unfiltered-list', 'missing-token', 'cache-leak')) return;
  await probe.attempt();
  const b = await probe.attempt(own, {}, 'b', 'a');
  if (b.trace !== undefined) {
    return probe.report('cache-leak', b, `after A, B was answered ${statusOf(b)} with "${b.trace}", which is A's`);
  }
  // A URL with B's ids is B's alone; one without ids needs a query that no answer to A was cached for.
  const hasIds = probe.places.length > 0;
  const query = hasIds ? {} : freshQuery;
  const owner = await probe.attemptAsB({ query });
  if (!owner.isSuccess) return;
  const a = await probe.attempt(() => (hasIds ? 'foreign' : 'own'), { query });
  if (a.trace !== undefined) {
    probe.report('cache-leak', a, `after B, A was answered ${statusOf(a)} with "${a.trace}", which is B's`);
  }
}
