import { AuthError } from '@connect-auth/core';
import type { WallFinding } from './finding.js';

/**
 * The walls are not verified: there are findings, no table to verify, or a database that did not answer (`cause`). The
 * application must not serve requests. If it is thrown in a request nevertheless, the adapters answer 503 without the
 * findings.
 */
export class OrgIsolationUnverifiedError extends AuthError {
  override readonly name = 'OrgIsolationUnverifiedError';
  readonly code = 'org_isolation_unverified';
  readonly status = 503;
  readonly reason = 'org_isolation_unverified';
  readonly error = undefined;
  readonly description = 'Organizations cannot be kept apart at the moment';
  override readonly retryAfterSeconds = 60;

  constructor(
    problem: string,
    readonly findings: readonly WallFinding[] = [],
    options?: { cause?: unknown },
  ) {
    const lines = findings.map(({ code, object, detail }) => `\n  ${code} ${object}: ${detail}`);
    super(`The organization walls are not verified: ${problem}${lines.join('')}`, options);
  }
}
