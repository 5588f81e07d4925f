import { isOrgId } from '../access/require-org.js';
import { findCurrentAuth } from './current-auth.js';
import { findFrame, type OrgFrame, runInGivenFrame } from './frame.js';

/** Runs `action`, and all that it starts, for an organization. Performs no authorization check; callers must. */
export const runInOrgFrame = <Result>(org: OrgFrame, action: () => Result): Result => {
  const frame = findFrame();
  return runInGivenFrame({ record: frame?.record, as: frame?.as, org, keeper: {} }, action);
};

/** The innermost organization that `runInOrgFrame` named for the work at hand. */
export const findOrgFrame = (): OrgFrame | undefined => findFrame()?.org;

/** The organization of the work at hand: named by `runInOrgFrame`, or by the caller's token. */
export function findFrameOrg(): string | undefined {
  const orgId = findOrgFrame()?.orgId ?? findCurrentAuth()?.orgId;
  return isOrgId(orgId) ? orgId : undefined;
}
