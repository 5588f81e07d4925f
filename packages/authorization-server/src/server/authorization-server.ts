import { AuditRecorder } from '../audit/audit-recorder.js';
import { openTrail } from '../audit/open-trail.js';
import type { ServerContext } from '../context/server-context.js';
import { resolveEncryptionKey } from '../keys/resolve-encryption-key.js';
import { createHandler } from '../oauth/create-handler.js';
import { Engine } from '../oauth/engine/engine.js';
import type { OAuthHandler } from '../oauth/oauth-handler.js';
import type { AuthorizationServerOptions, ServerLogger } from '../options/authorization-server.options.js';
import { checkOptions } from '../options/check-options.js';
import type { ServerSettings } from '../options/server-settings.js';
import { systemClock } from '../runtime/clock.js';
import { createNewId } from '../runtime/new-id.js';
import { describeError } from '../storage/describe-error.js';
import { openStorage } from '../storage/open-storage.js';
import type { Storage } from '../storage/storage.js';
import type { StorageOptions } from '../storage/storage-options.js';
import { assembleParts } from './assemble-parts.js';
import { Maintenance } from './maintenance.js';
import { resolveSettings } from './resolve-settings.js';
import type { ServerParts } from './server-parts.js';

const defaultStorage: StorageOptions = { kind: 'pglite', dataDir: '.connect-auth' };

/** The authorization server without Nest: it can be opened and closed, and answers the OAuth endpoints. */
export class AuthorizationServer {
  private isClosing = false;
  private closing?: Promise<void>;

  private constructor(
    /** @internal */
    readonly parts: ServerParts,
    /** @internal */
    readonly settings: ServerSettings,
    /** @internal */
    readonly options: AuthorizationServerOptions,
    private readonly engine: Engine,
    private readonly maintenance: Maintenance,
    private readonly closeTrail: () => Promise<void>,
    private readonly logger: ServerLogger,
  ) {}

  /**
   * Opens the storage, brings its tables up to date, and loads the signing keys.
   *
   * @throws ConfigurationError for wrong options, for a PGlite folder in use, and for signing keys encrypted with
   * another key
   */
  static async open(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
    checkOptions(options);
    const { clock = systemClock, logger = console, storage: storageOptions = defaultStorage } = options;
    const report = (error: unknown) => logger.error(describeError(error));
    const { trail, close: closeTrail } = openTrail(options.audit, clock, report);
    let storage: Storage | undefined;
    try {
      storage = await openStorage(storageOptions, options.environmentId ?? 'default', options.migrate ?? 'auto');
      const encryptionKey = await resolveEncryptionKey(options.keys?.encryptionKey, storageOptions, (message) =>
        logger.warn(message),
      );
      const newId = createNewId(clock);
      const audit = new AuditRecorder(storage, trail, report);
      const context: ServerContext = { storage, clock, newId, audit };
      const settings = await resolveSettings(context, options, encryptionKey);
      const parts = assembleParts(context, options, settings, encryptionKey);
      await parts.signingKeys.open();
      const engine = new Engine(parts, settings, report);
      const maintenance = new Maintenance(parts, report);
      return new AuthorizationServer(parts, settings, options, engine, maintenance, closeTrail, logger);
    } catch (error) {
      await closeTrail();
      await storage?.close();
      throw error;
    }
  }

  get issuer(): string {
    return this.settings.issuer;
  }

  /** The audience of access tokens that name no resource. */
  get environmentClientId(): string {
    return this.settings.environmentClientId;
  }

  /** @internal The engine, for tests. */
  get provider(): Engine['provider'] {
    return this.engine.provider;
  }

  /** The OAuth endpoints as an Express middleware, which must precede body parsers. Other paths are passed on. */
  get handler(): OAuthHandler {
    return createHandler({
      engine: this.engine,
      settings: this.settings,
      audit: this.parts.context.audit,
      newId: this.parts.context.newId,
      rateLimit: this.options.rateLimit,
    });
  }

  /** Tells whether requests can be answered now, by a query to the database. */
  async isReady(): Promise<boolean> {
    if (this.isClosing) return false;
    try {
      await this.parts.context.storage.ping();
      return true;
    } catch (error) {
      this.logger.warn(describeError(error));
      return false;
    }
  }

  /** @internal Reports an error to the operator of the server. */
  report(message: string): void {
    this.logger.error(message);
  }

  /** Stops being ready, so that no new requests are sent; those that come are still answered. */
  beginClosing(): void {
    this.isClosing = true;
  }

  /** Writes pending data, closes the audit trail and the storage, each if the server opened it. */
  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    this.beginClosing();
    try {
      await this.maintenance.stop();
    } finally {
      await this.closeTrail();
      await this.parts.context.storage.close();
    }
  }
}
