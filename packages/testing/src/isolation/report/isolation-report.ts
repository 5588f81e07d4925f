import type { IsolationFinding } from './finding.js';

/** A route that was not probed, and the reason. */
export interface UnprobedRoute {
  readonly route: string;
  readonly reason: string;
}

/** The result of probing an application. */
export interface IsolationReport {
  readonly findings: readonly IsolationFinding[];
  readonly coverage: {
    /** Routes that serve their owner, and on which every applicable probe was made. */
    readonly probed: readonly string[];
    /** Routes that `allow` excludes. */
    readonly skipped: readonly UnprobedRoute[];
    /** Routes about which nothing is proven: a fixture is missing, or the owner's own request failed. */
    readonly uncovered: readonly UnprobedRoute[];
  };
  /** The number of requests sent. */
  readonly requests: number;
}

/** Returns whether there is neither a finding nor an uncovered route. */
export const isIsolated = ({ findings, coverage }: IsolationReport): boolean =>
  findings.length === 0 && coverage.uncovered.length === 0;

/** Formats the report as text, the gravest finding first. Holds no token. */
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
