export { type Auth, createVerifier, currentAuth, type ErrorHandlerOptions, workosConnect } from '@connect-auth/core';
export { currentOrg, type EgressOptions, type SelectorOptions, withOrg } from '@connect-auth/isolation';
export { OptionalAuth } from './access/optional-auth.decorator.js';
export { Public } from './access/public.decorator.js';
export type { RoutedRequest } from './access/request-check.js';
export { AuthException } from './answer/auth.exception.js';
export { AuthErrorInterceptor } from './answer/auth-error.interceptor.js';
export type { MessageError } from './answer/message-error.js';
export { ClientId } from './caller/client-id.decorator.js';
export { CurrentAuth } from './caller/current-auth.decorator.js';
export { UserId } from './caller/user-id.decorator.js';
export { ConnectAuthModule } from './connect-auth.module.js';
export type { ConnectAuthModuleExtras } from './connect-auth.module-definition.js';
export type { AdapterOptions, ConnectAuthModuleOptions } from './connect-auth.options.js';
export { ConnectAuthVerifier } from './connect-auth.verifier.js';
export { OrgEgressInterceptor } from './egress/org-egress.interceptor.js';
export { ConnectAuthGuard } from './guard/connect-auth.guard.js';
export { ConnectAuthHandshake } from './handshake/connect-auth.handshake.js';
export {
  ConnectAuthHealthIndicator,
  type ConnectAuthHealthResult,
  type PublicIssuerHealth,
} from './health/connect-auth.health.js';
export { addBearerAuthSchemes } from './openapi/add-bearer-auth-schemes.js';
export { ApiConnectAuth } from './openapi/api-connect-auth.decorator.js';
export { CrossOrg, type CrossOrgOptions } from './organization/cross-org.decorator.js';
export { OrgBody, OrgStamp } from './organization/org-body.decorator.js';
export { OrgExempt } from './organization/org-exempt.decorator.js';
export { OrgHeader } from './organization/org-header.decorator.js';
export { OrgId } from './organization/org-id.decorator.js';
export { OrgOwned, type OrgOwnedLoader, type OrgOwnedOptions } from './organization/org-owned.decorator.js';
export { OrgParam } from './organization/org-param.decorator.js';
export { OrgQuery } from './organization/org-query.decorator.js';
export { Owned } from './organization/owned.decorator.js';
export { requestOf } from './request/request-of.js';
export { RequireClient, RequireUser } from './rules/require-actor.decorator.js';
export { RequireLive } from './rules/require-live.decorator.js';
export { RequireOrg } from './rules/require-org.decorator.js';
export { RequireAnyScope, RequireScopes } from './rules/require-scopes.decorator.js';
export { Scopes } from './rules/scopes.decorator.js';
