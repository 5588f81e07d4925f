import { statusOf } from './probe-control.js';
import type { RouteProbe } from './route-probe.js';
import { own } from './route-probe.js';

/** A query that makes another URL, which nobody asked for before, of one that has no ids in it. */
const freshQuery = { connect_auth_probe: '1' };

/** The same URL asked by one organization and at once by the other, in both orders. */
export async function probeSharedCache(probe: RouteProbe): Promise<void> {
  if (!probe.isSafe || probe.hasFound('foreign-read', 'unfiltered-list', 'missing-token', 'cache-leak')) return;
  await probe.attempt();
  const b = await probe.attempt(own, {}, 'b', 'a');
  if (b.trace !== undefined) {
    return probe.report('cache-leak', b, `after A, B was answered ${statusOf(b)} with "${b.trace}", which is A's`);
  }
  // With ids in it B's URL is its own; without, it needs something that keeps what A was told out of the way.
  const hasIds = probe.places.length > 0;
  const query = hasIds ? {} : freshQuery;
  const owner = await probe.attemptAsB({ query });
  if (!owner.isSuccess) return;
  const a = await probe.attempt(() => (hasIds ? 'foreign' : 'own'), { query });
  if (a.trace !== undefined) {
    probe.report('cache-leak', a, `after B, A was answered ${statusOf(a)} with "${a.trace}", which is B's`);
  }
}
