import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import type { PostgresClient } from '../statement/postgres-client.js';
import type { WallFinding } from './finding.js';
import { OrgIsolationUnverifiedError } from './org-isolation-unverified-error.js';
import { resolveVerifyWallsOptions, type VerifyWallsOptions, verifyOptionNames } from './verify-options.js';
import { verifyWalls, type WallReport } from './verify-walls.js';

export interface RequireWallsOptions extends VerifyWallsOptions {
  /** `enforce`: a finding is an error. `warn`: findings are only passed to `onFinding`. */
  readonly mode: 'enforce' | 'warn';
  /** Called with each finding in both modes; required for `warn`. */
  readonly onFinding?: (finding: WallFinding) => void;
}

/**
 * Verifies the walls when an application starts, over the connection that it works with. In both modes a database that does
 * not answer, or has no table that the role can reach, is an error: its walls are not verified.
 *
 * @throws OrgIsolationUnverifiedError
 * @throws ConfigurationError for an option that is unknown, and for a role, a schema or a table that does not exist
 */
export async function requireWalls(db: PostgresClient, options: RequireWallsOptions): Promise<WallReport> {
  checkKnown('', options, ['mode', 'onFinding', ...verifyOptionNames]);
  const { mode, onFinding, ...verify } = options;
  if (mode !== 'enforce' && mode !== 'warn') throw new ConfigurationError('mode', 'must be enforce or warn');
  if (onFinding === undefined ? mode === 'warn' : typeof onFinding !== 'function') {
    throw new ConfigurationError('onFinding', 'must be a function that takes a finding');
  }
  resolveVerifyWallsOptions(verify);
  const report = await verifyWalls(db, verify).catch((cause: unknown) => {
    if (cause instanceof ConfigurationError) throw cause;
    throw new OrgIsolationUnverifiedError('the database did not answer', [], { cause });
  });
  for (const finding of report.findings) onFinding?.(finding);
  if (report.tables.length === 0) throw new OrgIsolationUnverifiedError('the role reaches no table', report.findings);
  if (mode === 'enforce' && report.findings.length > 0) {
    throw new OrgIsolationUnverifiedError(`${report.findings.length} findings`, report.findings);
  }
  return report;
}
