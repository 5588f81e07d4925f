import type { FixturesOfAny } from '../fixtures/isolation-fixtures.js';
import type { Changes } from '../scene/plan-request.js';
import { describeTrace } from './probe-control.js';
import { own, type RouteProbe } from './route-probe.js';

/** Places besides the token from which applications are known to take the organization. */
const selectors = {
  headers: ['X-Org-Id', 'X-Organization-Id', 'X-Tenant-Id'],
  query: ['org_id', 'orgId', 'organization_id', 'organizationId'],
} as const;

interface Variant {
  readonly what: string;
  readonly naming: (orgId: string) => Changes;
}

const variants: readonly Variant[] = [
  ...selectors.headers.map((name) => ({
    what: `the header ${name}`,
    naming: (orgId: string) => ({ headers: { [name]: orgId } }),
  })),
  ...selectors.query.map((name) => ({
    what: `the parameter ${name}`,
    naming: (orgId: string) => ({ query: { [name]: orgId } }),
  })),
];

/** Sends A's own request, then with B's id wherever an application might look for it. Only the token may select. */
export async function probeOrgSelectors(probe: RouteProbe, orgs: FixturesOfAny['orgs']): Promise<void> {
  if (probe.hasFound('unfiltered-list')) return;
  const plain = await probe.attempt();
  if (plain.trace !== undefined) {
    return probe.report('cache-leak', plain, `after B's own request, A's answer ${describeTrace(plain)}`);
  }
  if (plain.hasWritten) return probe.report('foreign-write', plain, "A's own request changed what is stored for B");

  for (const { what, naming } of variants) {
    const spoofed = await probe.attempt(own, naming(orgs.b.id));
    if (spoofed.hasWritten) {
      return probe.report('org-selector', spoofed, `with B's id in ${what}, what is stored for B changed`);
    }
    if (spoofed.trace !== undefined) {
      return probe.report('org-selector', spoofed, `with B's id in ${what} the answer ${describeTrace(spoofed)}`);
    }
    // Refusing a selector that contradicts the token is right; answering differently is not.
    if (!probe.isSafe || !spoofed.isSuccess) continue;
    // Compared with A's own id in the same place: a cache may hold another answer for the URL without it.
    const difference = await probe.compare(
      () => probe.attempt(own, naming(orgs.b.id)),
      () => probe.attempt(own, naming(orgs.a.id)),
    );
    if (difference !== undefined) {
      return probe.report('org-selector', spoofed, `with B's id in ${what}: ${difference} (with A's)`);
    }
  }
}
