export { OrgContextError, type OrgContextReason } from './errors/org-context-error.js';
export { currentOrg, findCurrentOrg } from './frame/current-org.js';
export { isOrgId, type OrgId, toOrgId } from './frame/org-id.js';
export { type WithOrgOptions, withOrg } from './frame/with-org.js';
