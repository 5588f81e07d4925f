import type { RefusalStatuses } from '../fixtures/isolation-fixtures.js';
import type { FindingKind } from '../report/finding.js';
import { statusOf } from './probe-control.js';
import { own, type RouteProbe } from './route-probe.js';

interface Refusal {
  readonly bearer: 'none' | 'withoutOrg' | 'expired';
  readonly kind: FindingKind;
  readonly what: string;
  readonly statuses: readonly number[];
}

/** Sends A's own request without a token, with one without an organization, and with an expired one (RFC 6750 §3.1). */
export async function probeTokens(probe: RouteProbe, statuses: RefusalStatuses = {}): Promise<void> {
  const refusals: readonly Refusal[] = [
    { bearer: 'none', kind: 'missing-token', what: 'without a token', statuses: statuses.withoutToken ?? [401] },
    {
      bearer: 'withoutOrg',
      kind: 'org-less-token',
      what: 'with a token without an organization',
      statuses: statuses.withoutOrg ?? [403],
    },
    { bearer: 'expired', kind: 'expired-token', what: 'with an expired token', statuses: statuses.expired ?? [401] },
  ];
  for (const { bearer, kind, what, statuses: expected } of refusals) {
    const trial = await probe.attempt(own, {}, bearer, 'both');
    if (trial.hasWritten) {
      probe.report(kind, trial, `${what} the answer was ${statusOf(trial)}, and what is stored changed`);
    } else if (trial.trace !== undefined) {
      probe.report(kind, trial, `${what} the answer (${statusOf(trial)}) holds "${trial.trace}"`);
    } else if (!expected.includes(trial.answer.status)) {
      probe.report(kind, trial, `${what} the answer was ${statusOf(trial)}; it must be ${expected.join(' or ')}`);
    }
  }
}
