import type { CanActivate, Type } from '@nestjs/common';
import type { AuditSink } from '../audit/audit-event.js';
import type { OrganizationDirectory, UserDirectory } from '../directory/directory.js';
import type { EncryptionKeyOption } from '../keys/encryption-key.js';
import type { SigningAlgorithm } from '../keys/generate-signing-key.js';
import type { Clock } from '../runtime/clock.js';
import type { MigrateMode, StorageOptions } from '../storage/storage-options.js';
import type { RateLimit } from './rate-limit.js';
import type { Profile } from './server-settings.js';

/** What is said while the server runs. A Nest `Logger` is one. It is told no secret and no token. */
export interface ServerLogger {
  warn(message: string): void;
  error(message: string): void;
}

export interface AuthorizationServerOptions {
  /**
   * The issuer identifier: an origin, without a slash at its end (RFC 8414 §2). https, or http on loopback. Every URL in
   * the metadata begins with it.
   */
  readonly issuer: string;
  /** Default: PGlite in the folder `.connect-auth`. */
  readonly storage?: StorageOptions;
  /** What to do about missing tables. Default: `auto`. */
  readonly migrate?: MigrateMode;
  /** Which environment of the database this is. Default: `default`. */
  readonly environmentId?: string;
  /** The audience of access tokens, unless a resource is named. Default: a `client_…` that is made once and kept. */
  readonly environmentClientId?: string;
  /** The known resource indicators (RFC 8707). Default: none, and a `resource` means nothing, as with WorkOS. */
  readonly resources?: readonly string[];
  readonly tokens?: {
    /** `workos` is WorkOS's look: no `typ`, ULIDs as `jti`, no `scope` in introspection, no revocation. Default: `standard`. */
    readonly profile?: Profile;
    /** Default: 3600. */
    readonly accessTokenSeconds?: number;
    /** Default: 30 days. */
    readonly refreshTokenSeconds?: number;
    /** Default: 60. */
    readonly authorizationCodeSeconds?: number;
  };
  readonly keys?: {
    /** Default: `RS256`. When it changes, a key of the new kind signs from the next start on. */
    readonly algorithm?: SigningAlgorithm;
    /**
     * What the private signing keys are encrypted with in the database. Default with PGlite: a file beside the folder, which
     * is made with a warning. PostgreSQL has no default.
     */
    readonly encryptionKey?: EncryptionKeyOption;
    /** Default: 90 days. null: only by command. */
    readonly rotateEverySeconds?: number | null;
  };
  readonly credentials?: {
    /** Goes into the hash of every client secret, and is kept outside the database. Whoever changes it ends all secrets. */
    readonly pepper?: string;
  };
  readonly management?: {
    /** Default: true. */
    readonly enabled?: boolean;
    /** A key that needs no table. For development only. */
    readonly apiKey?: string;
    /** Stands before the management API instead of the check of the API key. Nest creates it. */
    readonly guard?: Type<CanActivate>;
  };
  /** Default: the server's own tables, and the routes that write them. */
  readonly organizations?: OrganizationDirectory;
  /** Default: the server's own tables, and the routes that write them. */
  readonly users?: UserDirectory;
  /** Asked before every request. Default: nobody is. */
  readonly rateLimit?: RateLimit;
  /** Default: a line of JSON each, through Nest's logger; with `AuthorizationServer.open`, nobody. */
  readonly audit?: AuditSink;
  /** Default: Nest's; with `AuthorizationServer.open`, the console. */
  readonly logger?: ServerLogger;
  /** `manual`: the application mounts `AuthorizationServer.handler` itself, before its body parsers. Default: `auto`. */
  readonly mount?: 'auto' | 'manual';
  /** Time, for tests. */
  readonly clock?: Clock;
}
