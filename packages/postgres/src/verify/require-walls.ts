import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import type { WallFinding } from './finding.js';
import { OrgIsolationUnverifiedError } from './org-isolation-unverified-error.js';
import type { Queryable } from './queryable.js';
import { readVerifyOptions, type VerifyOptions, verifyOptionNames } from './verify-options.js';
import { verifyWalls, type WallReport } from './verify-walls.js';

export interface RequireWallsOptions extends VerifyOptions {
  /** `enforce`: a finding stops the start. `warn`: it is told, and the application starts. */
  readonly mode: 'enforce' | 'warn';
  /** Is told of each finding, in both modes; needed for `warn`. */
  readonly onFinding?: (finding: WallFinding) => void;
}

/**
 * For the start of an application, with the connection that it works with. In both modes a database that does not
 * answer, or has no table that the role reaches, is one whose walls nobody has seen.
 *
 * @throws OrgIsolationUnverifiedError
 * @throws ConfigurationError for an option that is unknown, and for a role, a schema or a table that is not there
 */
export async function requireWalls(db: Queryable, options: RequireWallsOptions): Promise<WallReport> {
  checkKnown('', options, ['mode', 'onFinding', ...verifyOptionNames]);
  const { mode, onFinding, ...verify } = options;
  if (mode !== 'enforce' && mode !== 'warn') throw new ConfigurationError('mode', 'must be enforce or warn');
  if (onFinding === undefined ? mode === 'warn' : typeof onFinding !== 'function') {
    throw new ConfigurationError('onFinding', 'must be a function that is told of what is found');
  }
  readVerifyOptions(verify);
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
