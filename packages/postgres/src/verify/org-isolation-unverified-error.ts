import type { WallFinding } from './finding.js';

/**
 * The walls are not known to stand: there are findings, nothing to look at, or a database that did not answer (`cause`).
 * 503: the application must not serve.
 */
export class OrgIsolationUnverifiedError extends Error {
  override readonly name = 'OrgIsolationUnverifiedError';
  readonly code = 'org_isolation_unverified';
  readonly status = 503;

  constructor(
    problem: string,
    readonly findings: readonly WallFinding[] = [],
    options?: { cause?: unknown },
  ) {
    const lines = findings.map(({ code, object, detail }) => `\n  ${code} ${object}: ${detail}`);
    super(`The organization walls are not verified: ${problem}${lines.join('')}`, options);
  }
}
