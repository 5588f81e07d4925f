import type { IsolationFinding } from './finding.js';

/** A route, and why nothing is known about it. */
export interface UnprobedRoute {
  readonly route: string;
  readonly reason: string;
}

/** What a probe of an application brought. */
export interface IsolationReport {
  readonly findings: readonly IsolationFinding[];
  readonly coverage: {
    /** Routes whose owner is served, and which every probe that applies was made on. */
    readonly probed: readonly string[];
    /** Left out by `allow`. */
    readonly skipped: readonly UnprobedRoute[];
    /** Routes about which nothing is proven: a fixture is missing, or the owner's own request failed. */
    readonly uncovered: readonly UnprobedRoute[];
  };
  /** How many requests were sent. */
  readonly requests: number;
}

/** Whether nothing was found and nothing was left unprobed without a reason. */
export const isIsolated = ({ findings, coverage }: IsolationReport): boolean =>
  findings.length === 0 && coverage.uncovered.length === 0;

/** The report as text, the worst first. It holds no token. */
export function describeReport({ findings, coverage, requests }: IsolationReport): string {
  const order = ['critical', 'high', 'medium', 'low'];
  const sorted = [...findings].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const { probed, skipped, uncovered } = coverage;
  const lines = [
    `${count(findings.length, 'finding')}, ${count(uncovered.length, 'uncovered route')} ` +
      `(${probed.length} probed, ${skipped.length} skipped, ${count(requests, 'request')})`,
  ];
  for (const { severity, kind, route, seen, curl } of sorted) {
    lines.push('', `[${severity}] ${kind}: ${route}`, `  ${seen}`, `  ${curl}`);
  }
  if (uncovered.length > 0) lines.push('', 'Uncovered:', ...uncovered.map(describeUnprobed));
  if (skipped.length > 0) lines.push('', 'Skipped:', ...skipped.map(describeUnprobed));
  return lines.join('\n');
}

const describeUnprobed = ({ route, reason }: UnprobedRoute): string => `  ${route}: ${reason}`;
