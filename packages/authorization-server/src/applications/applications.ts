import type { AuditDetails } from '@connect-auth/audit';
import { and, eq, or } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import type { OrganizationDirectory } from '../directory/directory.js';
import { invalid, notFound } from '../errors/refusal.js';
import { dateOf } from '../runtime/clock.js';
import { type Listed, listPage, type Page } from '../storage/list-page.js';
import { refuseTaken } from '../storage/refuse-taken.js';
import { applications } from '../storage/schema/applications.js';
import type { Revocation } from '../tokens/revocation.js';
import { type Application, toApplicationRow } from './application-row.js';
import type { ApplicationChange, NewApplication } from './new-application.js';
import { resolveRedirectUris } from './redirect-uris.js';

export interface ApplicationFilter {
  readonly organizationId?: string | undefined;
  /** Default: those that were not registered dynamically. */
  readonly registrationTypes?: readonly ('authenticated' | 'dynamic')[] | undefined;
}

/** The applications of an environment, which may request tokens. */
export class Applications {
  constructor(
    private readonly context: ServerContext,
    private readonly directory: OrganizationDirectory,
    private readonly revocation: Revocation,
  ) {}

  /** @param id of the application, or of its client */
  async find(id: string): Promise<Application | undefined> {
    const [found] = await this.db.select().from(applications).where(this.where(id));
    return found;
  }

  /** @throws Refusal `not_found` */
  async get(id: string): Promise<Application> {
    const found = await this.find(id);
    if (found === undefined) throw notFound('Application');
    return found;
  }

  list(page: Page, filter: ApplicationFilter = {}): Promise<Listed<Application>> {
    const { organizationId, registrationTypes = ['authenticated'] } = filter;
    const registration = or(
      ...registrationTypes.map((type) => eq(applications.wasDynamicallyRegistered, type === 'dynamic')),
    );
    const where = and(
      eq(applications.environmentId, this.environmentId),
      organizationId === undefined ? undefined : eq(applications.organizationId, organizationId),
      registration,
    );
    return listPage(this.db, applications, where, page);
  }

  /** @throws Refusal `not_found` for an unknown organization, `taken` for an `id` or `client_id` in use */
  async create(wanted: NewApplication): Promise<Application> {
    const row = toApplicationRow(this.context, wanted);
    if (row.organizationId !== null && (await this.directory.find(row.organizationId)) === undefined) {
      throw notFound('Organization');
    }
    await refuseTaken('application', ['client_id'], () => this.db.insert(applications).values(row));
    this.record('application.created', row);
    return row;
  }

  /** Changes only the fields given. @throws Refusal `not_found`, or `invalid` for redirect URIs of an M2M application */
  async update(id: string, change: ApplicationChange): Promise<Application> {
    const updated = await this.context.storage.transaction(async (db) => {
      const [current] = await db.select().from(applications).where(this.where(id)).for('update');
      if (current === undefined) throw notFound('Application');
      if ((change.redirectUris?.length ?? 0) > 0 && current.applicationType === 'm2m') {
        throw invalid({
          field: 'redirect_uris',
          code: 'redirect_uris_not_allowed',
          message: 'An M2M application has no redirect URIs.',
        });
      }
      const { name, description, scopes, redirectUris } = change;
      const set = {
        name,
        description,
        scopes: scopes && [...scopes],
        redirectUris: redirectUris && resolveRedirectUris(redirectUris),
        updatedAt: dateOf(this.context.clock),
      };
      const [row] = await db.update(applications).set(set).where(this.where(current.id)).returning();
      return row;
    });
    if (updated === undefined) throw notFound('Application');
    this.record('application.updated', updated, { changed: namesOf(change) });
    return updated;
  }

  /** Deletes it with its credentials and every token issued to it. @throws Refusal `not_found` */
  async remove(id: string): Promise<void> {
    await this.context.storage.transaction(async (db) => {
      const [gone] = await db.delete(applications).where(this.where(id)).returning();
      if (gone === undefined) throw notFound('Application');
      await this.revocation.revokeForApplication(gone.clientId);
      this.record('application.deleted', gone);
    });
  }

  private record(
    action: `application.${'created' | 'updated' | 'deleted'}`,
    { id, clientId, organizationId }: Application,
    details?: AuditDetails,
  ): void {
    this.context.audit.record({
      action,
      clientId,
      target: { type: 'application', id },
      ...(organizationId !== null && { organizationId }),
      ...(details !== undefined && { details }),
    });
  }

  private where(id: string) {
    return and(
      eq(applications.environmentId, this.environmentId),
      or(eq(applications.id, id), eq(applications.clientId, id)),
    );
  }

  private get db() {
    return this.context.storage.db;
  }

  private get environmentId(): string {
    return this.context.storage.environmentId;
  }
}

/** Lists the fields that a change sets, by their names in the management API. */
const namesOf = ({ name, description, scopes, redirectUris }: ApplicationChange): string[] =>
  Object.entries({ name, description, scopes, redirect_uris: redirectUris }).flatMap(([field, value]) =>
    value === undefined ? [] : [field],
  );
