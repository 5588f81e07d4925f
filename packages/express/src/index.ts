import './express-request.js';

export { type Auth, connect, currentAuth } from '@connect-auth/core';
export { authErrorHandler } from './auth-error-handler.js';
export { type AnswerOptions, type ConnectAuthHandler, type ConnectAuthOptions, connectAuth } from './connect-auth.js';
export { type ProtectedResourceMetadataOptions, protectedResourceMetadata } from './protected-resource-metadata.js';
export { requireClient, requireUser } from './require-actor.js';
export { requireLive } from './require-live.js';
export { requireOrg } from './require-org.js';
export { requireAnyScope, requireScopes } from './require-scopes.js';
