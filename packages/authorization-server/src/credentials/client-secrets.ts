import { and, asc, eq } from 'drizzle-orm';
import type { Application } from '../applications/application-row.js';
import type { ServerContext } from '../context/server-context.js';
import { notFound, Refusal } from '../errors/refusal.js';
import { dateOf } from '../runtime/clock.js';
import { applications, clientSecrets } from '../storage/schema/applications.js';
import { generateSecret, hashSecret, hintOf } from './secret-hash.js';

export type ClientSecret = typeof clientSecrets.$inferSelect;

/** WorkOS's limit: enough to replace secrets one by one without downtime. */
const maxSecrets = 5;

/** The credentials of applications. Secrets are shown once, and stored as hashes. */
export class ClientSecrets {
  constructor(
    private readonly context: ServerContext,
    private readonly pepper: string | undefined,
  ) {}

  async list(application: Application): Promise<readonly ClientSecret[]> {
    return this.context.storage.db
      .select()
      .from(clientSecrets)
      .where(this.ofApplication(application))
      .orderBy(asc(clientSecrets.id));
  }

  /**
   * @throws Refusal `not_found` for an application that was deleted meanwhile, `too_many_client_secrets` for a sixth,
   * and `client_is_public` for a client that cannot have any
   */
  async create(application: Application): Promise<ClientSecret & { secret: string }> {
    const secret = generateSecret();
    if (application.usesPkce) {
      throw new Refusal('client_is_public', 'A public application has no client secrets: it authenticates with PKCE.');
    }
    const now = dateOf(this.context.clock);
    const row: ClientSecret = {
      environmentId: this.environmentId,
      id: this.context.newId('secret_'),
      applicationId: application.id,
      hash: hashSecret(secret, this.pepper),
      hint: hintOf(secret),
      lastUsedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.context.storage.transaction(async (db) => {
      // Locking the application's row makes parallel requests count one after the other.
      const locked = await db
        .select({ id: applications.id })
        .from(applications)
        .where(and(eq(applications.environmentId, this.environmentId), eq(applications.id, application.id)))
        .for('update');
      if (locked.length === 0) throw notFound('Application');
      if ((await this.list(application)).length >= maxSecrets) {
        throw new Refusal(
          'too_many_client_secrets',
          `An application can have at most ${maxSecrets} client secrets. Delete one first.`,
        );
      }
      await db.insert(clientSecrets).values(row);
      this.record('client_secret.created', row, application);
    });
    return { ...row, secret };
  }

  /** Deletes a secret, which stops working at once. @throws Refusal `not_found` */
  async remove(secretId: string): Promise<void> {
    await this.context.storage.transaction(async (db) => {
      const [gone] = await db
        .delete(clientSecrets)
        .where(and(eq(clientSecrets.environmentId, this.environmentId), eq(clientSecrets.id, secretId)))
        .returning();
      if (gone === undefined) throw notFound('Client secret');
      const [application] = await db
        .select()
        .from(applications)
        .where(and(eq(applications.environmentId, this.environmentId), eq(applications.id, gone.applicationId)));
      this.record('client_secret.deleted', gone, application);
    });
  }

  private record(
    action: `client_secret.${'created' | 'deleted'}`,
    { id }: ClientSecret,
    application: Application | undefined,
  ): void {
    this.context.audit.record({
      action,
      target: { type: 'client_secret', id },
      ...(application !== undefined && { clientId: application.clientId }),
      ...(application?.organizationId != null && { organizationId: application.organizationId }),
    });
  }

  private ofApplication({ id }: Application) {
    return and(eq(clientSecrets.environmentId, this.environmentId), eq(clientSecrets.applicationId, id));
  }

  private get environmentId(): string {
    return this.context.storage.environmentId;
  }
}
