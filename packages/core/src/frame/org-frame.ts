import { isOrgId } from '../access/require-org.js';
import { findCurrentAuth } from './current-auth.js';
import { findFrame, type OrgFrame, runInGivenFrame } from './frame.js';

/** Runs `action`, and everything it starts, for an organization. Performs no authorization check; callers must. */
export const runInOrgFrame = <Result>(org: OrgFrame, action: () => Result): Result => {
  const frame = findFrame();
  return runInGivenFrame({ record: frame?.record, as: frame?.as, org, keeper: {} }, action);
};

/** Returns the innermost organization that `runInOrgFrame` named for the current work. */
export const findOrgFrame = (): OrgFrame | undefined => findFrame()?.org;

/** Returns the organization of the current work, named by `runInOrgFrame` or by the caller's token. */
export function findFrameOrg(): string | undefined {
  const orgId = findOrgFrame()?.orgId ?? findCurrentAuth()?.orgId;
  return isOrgId(orgId) ? orgId : undefined;
}
