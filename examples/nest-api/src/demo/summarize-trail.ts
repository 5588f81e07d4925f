import type { Activity } from '../activity/activity.model.js';

/** Summarizes an audit trail, one line for each kind of event. */
export function summarizeTrail(trail: readonly Activity[]): string {
  const counts = new Map<string, number>();
  for (const event of trail) {
    const kind = describe(event);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const lines = [...counts].map(([kind, count]) => `       ${String(count).padStart(2)} x ${kind}`);
  return ['', ...lines].join('\n');
}

function describe({ by, request, action, status, decision, reason, target }: Activity): string {
  const what = request === null ? `${action} ${target ?? ''}` : `${request.padEnd(40)} ${status ?? ''}`;
  return `${by}  ${decision.padEnd(5)}  ${what.padEnd(44)}  ${reason ?? ''}`.trimEnd();
}
