// From the outside in: the module, its options, what is handed to them, and the parts that an application may use.

export type { NewApiKey } from './api-keys/new-api-key.js';
export type { AuditAction } from './audit/audit-action.js';
export type {
  DirectoryOrganization,
  DirectoryUser,
  OrganizationDirectory,
  UserDirectory,
} from './directory/directory.js';
export type { EncryptionKeyOption } from './keys/encryption-key.js';
export type { SigningAlgorithm } from './keys/generate-signing-key.js';
export { ApiKeyGuard } from './management/api-key.guard.js';
export { setAuditActor } from './management/audit-actor.js';
export {
  type AsyncAuthorizationServerOptions,
  AuthorizationServerModule,
} from './module/authorization-server.module.js';
export type { OAuthHandler } from './oauth/oauth-handler.js';
export { openAuditLog } from './options/audit-log.js';
export type { AuthorizationServerOptions, ServerLogger } from './options/authorization-server.options.js';
export {
  type Environment,
  type ListenAddress,
  listenAddressFromEnv,
  optionsFromEnv,
} from './options/options-from-env.js';
export type { LimitedRequest, RateLimit } from './options/rate-limit.js';
export type { Profile } from './options/server-settings.js';
export type { Clock } from './runtime/clock.js';
export { applySeed, type SeedReport } from './seed/apply-seed.js';
export { describeSeed } from './seed/describe-seed.js';
export { readSeedFile, type SeedFile } from './seed/seed-file.js';
export { AuthorizationServer } from './server/authorization-server.js';
export type { MigrateMode, PostgresPool, StorageOptions } from './storage/storage-options.js';
