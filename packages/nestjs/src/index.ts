export { type Auth, createVerifier, currentAuth, type ErrorHandlerOptions, workosConnect } from '@connect-auth/core';
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
export { RequireLive } from './live/require-live.decorator.js';
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
export { RequireOrg } from './organization/require-org.decorator.js';
export { requestOf } from './request/request-of.js';
export { RequireAnyScope, RequireScopes } from './scopes/require-scopes.decorator.js';
export { Scopes } from './scopes/scopes.decorator.js';
