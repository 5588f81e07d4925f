import './express-request.js';

export { type Auth, currentAuth, type ErrorHandlerOptions, workosConnect } from '@connect-auth/core';
export {
  currentOrg,
  type EgressOptions,
  type OrgId,
  type Owned,
  type SelectorOptions,
  withOrg,
} from '@connect-auth/isolation';
export { type OrgAuditOptions, orgAudit } from './audit/org-audit.js';
export { authErrorHandler } from './auth-error-handler.js';
export { type AnswerOptions, type ConnectAuthHandler, type ConnectAuthOptions, connectAuth } from './connect-auth.js';
export { checkOrgRoutes, type OrgRoutesOptions } from './organization/check-org-routes.js';
export { orgBody, orgStamp } from './organization/org-body.js';
export { orgEgress } from './organization/org-egress.js';
export { orgExempt } from './organization/org-exempt.js';
export { orgHeader } from './organization/org-header.js';
export { type OrgOwnedHandler, type OrgOwnedOptions, orgOwned } from './organization/org-owned.js';
export { orgParam } from './organization/org-param.js';
export { orgQuery } from './organization/org-query.js';
export { type OrgSubdomainOptions, orgSubdomain } from './organization/org-subdomain.js';
export { type ProtectedResourceMetadataOptions, protectedResourceMetadata } from './protected-resource-metadata.js';
export { requireClient, requireUser } from './require-actor.js';
export { requireLive } from './require-live.js';
export { requireOrg } from './require-org.js';
export { requireAnyScope, requireScopes } from './require-scopes.js';
