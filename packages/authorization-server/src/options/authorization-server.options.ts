import type { AuditTrail, AuditTrailOptions } from '@connect-auth/audit';
import type { CanActivate, Type } from '@nestjs/common';
import type { OrganizationDirectory, UserDirectory } from '../directory/directory.js';
import type { EncryptionKeyOption } from '../keys/encryption-key.js';
import type { SigningAlgorithm } from '../keys/generate-signing-key.js';
import type { Clock } from '../runtime/clock.js';
import type { MigrateMode, StorageOptions } from '../storage/storage-options.js';
import type { RateLimit } from './rate-limit.js';
import type { Profile } from './server-settings.js';

/** Receives the server's messages, which contain neither secrets nor tokens. A Nest `Logger` is one. */
export interface ServerLogger {
  warn(message: string): void;
  error(message: string): void;
}

export interface AuthorizationServerOptions {
  /**
   * The issuer identifier: an origin without a trailing slash (RFC 8414 §2). https, or http on loopback. Every URL in
   * the metadata begins with it.
   */
  readonly issuer: string;
  /** Default: PGlite in the folder `.connect-auth`. */
  readonly storage?: StorageOptions;
  /** What to do about missing tables. Default: `auto`. */
  readonly migrate?: MigrateMode;
  /** The environment of the database that this server works for. Default: `default`. */
  readonly environmentId?: string;
  /** The audience of access tokens, unless a resource is named. Default: a `client_…` generated once and stored. */
  readonly environmentClientId?: string;
  /** The known resource indicators (RFC 8707). Default: none, and `resource` is ignored, as by WorkOS. */
  readonly resources?: readonly string[];
  readonly tokens?: {
    /**
     * `workos` is WorkOS's form: no `typ`, ULIDs as `jti`, no `scope` in introspection, no revocation. Default:
     * `standard`.
     */
    readonly profile?: Profile;
    /** Default: 3600. */
    readonly accessTokenSeconds?: number;
    /** Default: 30 days. */
    readonly refreshTokenSeconds?: number;
    /** Default: 60. */
    readonly authorizationCodeSeconds?: number;
  };
  readonly keys?: {
    /** Default: `RS256`. After a change, a key of the new kind signs from the next start on. */
    readonly algorithm?: SigningAlgorithm;
    /**
     * Encrypts the private signing keys in the database. Default with PGlite: a file beside the folder, which is created
     * with a warning. PostgreSQL has no default.
     */
    readonly encryptionKey?: EncryptionKeyOption;
    /** Default: 90 days. null: rotated only by command. */
    readonly rotateEverySeconds?: number | null;
  };
  readonly credentials?: {
    /** Part of the hash of every client secret, kept outside the database. Changing it invalidates all secrets. */
    readonly pepper?: string;
  };
  readonly management?: {
    /** Default: true. */
    readonly enabled?: boolean;
    /** A key that is not stored. For development only. */
    readonly apiKey?: string;
    /** Replaces the check of the API key before the management API. Nest creates it. */
    readonly guard?: Type<CanActivate>;
  };
  /** Default: the server's own tables, and the routes that write them. */
  readonly organizations?: OrganizationDirectory;
  /** Default: the server's own tables, and the routes that write them. */
  readonly users?: UserDirectory;
  /** Called before every request. Default: no limit. */
  readonly rateLimit?: RateLimit;
  /**
   * Where audit events go. Options make a trail that the server closes, and whose trouble it logs; one that
   * `createAuditTrail()` made is closed by whoever made it. Default: a line of JSON each, through Nest's logger; with
   * `AuthorizationServer.open`, none.
   */
  readonly audit?: AuditTrail | AuditTrailOptions;
  /** Default: Nest's; with `AuthorizationServer.open`, the console. */
  readonly logger?: ServerLogger;
  /** `manual`: the application mounts `AuthorizationServer.handler` itself, before its body parsers. Default: `auto`. */
  readonly mount?: 'auto' | 'manual';
  /** The time, for tests. */
  readonly clock?: Clock;
}
