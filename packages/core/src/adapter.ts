// For the adapters of this suite, in the order of a request's path. Not covered by semver: it changes with them.

export type { AccessRule } from './access/access-rule.js';
export {
  type DecidingLayer,
  type ObjectReference,
  type RefusalDetails,
  refusalDetailsOf,
  withRefusalDetails,
} from './access/refusal-details.js';
export { anyScopeRule } from './access/require-any-scope.js';
export { isOrgId } from './access/require-org.js';
export { requireSameCaller } from './access/require-same-caller.js';
export { allScopesRule } from './access/require-scopes.js';
export { checkAuth } from './auth/check-auth.js';
export { isTrustedUrl } from './discovery/trusted-url.js';
export { acceptToken } from './frame/accept-token.js';
export type { TokenVerifier } from './frame/acceptance.js';
export { admitCaller } from './frame/admit-caller.js';
export { runWithAuth, runWithoutAuth } from './frame/current-auth.js';
export {
  findRecord,
  isFrameOf,
  isInRequest,
  type OrgFrame,
  requireFrameOf,
  runInFrame,
  runOutsideFrames,
} from './frame/frame.js';
export { keptValues } from './frame/kept-values.js';
export { findFrameOrg, findOrgFrame, runInOrgFrame } from './frame/org-frame.js';
export { findRecordOf, type Protection, type RequestRecord, recordOf } from './frame/request-record.js';
export { checkKnown, checkText, checkTexts } from './options/check-option.js';
export { type ErrorHandlerSettings, resolveErrorHandler } from './options/error-handler-options.js';
export { authorizationValues } from './request/request-head.js';
export { verifierOf } from './verifier-of.js';
