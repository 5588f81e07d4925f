export { type Auth, connect, createVerifier, currentAuth, type RefusalOptions } from '@connect-auth/core';
export { currentOrg, type EgressOptions, type SelectorOptions, withOrg } from '@connect-auth/isolation';
export { OptionalAuth } from './access/optional-auth.decorator.js';
export { Public } from './access/public.decorator.js';
export type { RoutedRequest } from './access/request-check.js';
export { ClientId } from './actor/client-id.decorator.js';
export { RequireClient, RequireUser } from './actor/require-actor.decorator.js';
export { UserId } from './actor/user-id.decorator.js';
export { AuthException } from './answer/auth.exception.js';
export { AuthErrorInterceptor } from './answer/auth-error.interceptor.js';
export type { MessageError } from './answer/message-error.js';
export { CurrentAuth } from './caller/current-auth.decorator.js';
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
export { RequireLiveToken } from './live/require-live-token.decorator.js';
export { ApiConnectAuth } from './openapi/api-connect-auth.decorator.js';
export { withConnectAuth } from './openapi/with-connect-auth.js';
export { OrgBody, OrgStamp } from './organization/org-body.decorator.js';
export { OrgCross, type OrgCrossOptions } from './organization/org-cross.decorator.js';
export { OrgExempt } from './organization/org-exempt.decorator.js';
export { OrgHeader } from './organization/org-header.decorator.js';
export { OrgId } from './organization/org-id.decorator.js';
export { OrgParam } from './organization/org-param.decorator.js';
export { OrgQuery } from './organization/org-query.decorator.js';
export { OrgResource, type OrgResourceLoader, type OrgResourceOptions } from './organization/org-resource.decorator.js';
export { Owned } from './organization/owned.decorator.js';
export { RequireOrg } from './organization/require-org.decorator.js';
export { requestOf } from './request/request-of.js';
export { RequireAnyScope, RequireScopes } from './scopes/require-scopes.decorator.js';
export { Scopes } from './scopes/scopes.decorator.js';
