import { and, eq } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { notFound } from '../errors/refusal.js';
import { dateOf } from '../runtime/clock.js';
import { type Listed, listPage, type Page } from '../storage/list-page.js';
import { refuseTaken } from '../storage/refuse-taken.js';
import { type Metadata, organizations } from '../storage/schema/directory.js';
import type { Revocation } from '../tokens/revocation.js';
import type { OrganizationDirectory } from './directory.js';

export type Organization = typeof organizations.$inferSelect;

export interface OrganizationChange {
  readonly name?: string | undefined;
  readonly externalId?: string | null | undefined;
  readonly metadata?: Metadata | undefined;
}

/** The organizations in the server's own tables. */
export class Organizations implements OrganizationDirectory {
  constructor(
    private readonly context: ServerContext,
    private readonly revocation: Revocation,
  ) {}

  async find(organizationId: string): Promise<Organization | undefined> {
    const [found] = await this.db.select().from(organizations).where(this.where(organizationId));
    return found;
  }

  list(page: Page): Promise<Listed<Organization>> {
    return listPage(this.db, organizations, eq(organizations.environmentId, this.environmentId), page);
  }

  /** @param id default: a new one; a seed file names its own */
  async create({ id, name, ...rest }: OrganizationChange & { name: string; id?: string }): Promise<Organization> {
    const now = dateOf(this.context.clock);
    const row: Organization = {
      environmentId: this.environmentId,
      id: id ?? this.context.newId('org_'),
      name,
      externalId: rest.externalId ?? null,
      metadata: rest.metadata ?? {},
      createdAt: now,
      updatedAt: now,
    };
    await refuseTaken('organization', ['external_id'], () => this.db.insert(organizations).values(row));
    this.record('organization.created', row.id);
    return row;
  }

  /** @throws Refusal `not_found`, or `taken` for an `external_id` of another organization */
  async update(organizationId: string, change: OrganizationChange): Promise<Organization> {
    const { name, externalId, metadata } = change;
    const set = { name, externalId, metadata, updatedAt: dateOf(this.context.clock) };
    const [updated] = await refuseTaken('organization', ['external_id'], () =>
      this.db.update(organizations).set(set).where(this.where(organizationId)).returning(),
    );
    if (updated === undefined) throw notFound('Organization');
    this.record('organization.updated', organizationId);
    return updated;
  }

  /** Deletes it with its memberships, its applications, and every token that names it. @throws Refusal `not_found` */
  async remove(organizationId: string): Promise<void> {
    await this.context.storage.transaction(async (db) => {
      const gone = await db.delete(organizations).where(this.where(organizationId)).returning({ id: organizations.id });
      if (gone.length === 0) throw notFound('Organization');
      await this.revocation.revokeForOrganization(organizationId);
      this.record('organization.deleted', organizationId);
    });
  }

  private record(action: `organization.${'created' | 'updated' | 'deleted'}`, organizationId: string): void {
    this.context.audit.record({ action, organizationId, target: { type: 'organization', id: organizationId } });
  }

  private where(organizationId: string) {
    return and(eq(organizations.environmentId, this.environmentId), eq(organizations.id, organizationId));
  }

  private get db() {
    return this.context.storage.db;
  }

  private get environmentId(): string {
    return this.context.storage.environmentId;
  }
}
