import { and, eq } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { notFound, Refusal } from '../errors/refusal.js';
import { dateOf } from '../runtime/clock.js';
import { type Listed, listPage, type Page } from '../storage/list-page.js';
import { organizationMemberships as memberships } from '../storage/schema/directory.js';
import { brokenConstraint } from '../storage/storage-failure.js';
import type { Revocation } from '../tokens/revocation.js';

export type Membership = typeof memberships.$inferSelect;

export interface NewMembership {
  readonly id?: string | undefined;
  readonly userId: string;
  readonly organizationId: string;
  readonly roleSlug?: string | undefined;
}

/** The memberships of users in organizations. */
export class Memberships {
  constructor(
    private readonly context: ServerContext,
    private readonly revocation: Revocation,
  ) {}

  async find(membershipId: string): Promise<Membership | undefined> {
    const [found] = await this.context.storage.db.select().from(memberships).where(this.where(membershipId));
    return found;
  }

  list(
    page: Page,
    filter: { userId?: string | undefined; organizationId?: string | undefined },
  ): Promise<Listed<Membership>> {
    const { userId, organizationId } = filter;
    const where = and(
      eq(memberships.environmentId, this.environmentId),
      userId === undefined ? undefined : eq(memberships.userId, userId),
      organizationId === undefined ? undefined : eq(memberships.organizationId, organizationId),
    );
    return listPage(this.context.storage.db, memberships, where, page);
  }

  /** @throws Refusal `not_found` for an unknown user or organization, `membership_exists` for a second membership */
  async create({ id, userId, organizationId, roleSlug }: NewMembership): Promise<Membership> {
    const now = dateOf(this.context.clock);
    const row: Membership = {
      environmentId: this.environmentId,
      id: id ?? this.context.newId('om_'),
      userId,
      organizationId,
      roleSlug: roleSlug ?? 'member',
      createdAt: now,
      updatedAt: now,
    };
    try {
      await this.context.storage.db.insert(memberships).values(row);
    } catch (error) {
      const constraint = brokenConstraint(error);
      if (constraint === undefined) throw error;
      if (constraint.endsWith('_user')) throw notFound('User');
      if (constraint.endsWith('_organization')) throw notFound('Organization');
      throw new Refusal('membership_exists', 'The user is a member of this organization already.');
    }
    this.record('organization_membership.created', row);
    return row;
  }

  /** Deletes it, and revokes what the user granted for this organization. @throws Refusal `not_found` */
  async remove(membershipId: string): Promise<void> {
    await this.context.storage.transaction(async (db) => {
      const [gone] = await db.delete(memberships).where(this.where(membershipId)).returning();
      if (gone === undefined) throw notFound('Organization membership');
      await this.revocation.revokeForMember(gone.userId, gone.organizationId);
      this.record('organization_membership.deleted', gone);
    });
  }

  private record(action: `organization_membership.${'created' | 'deleted'}`, membership: Membership): void {
    const { id, userId, organizationId } = membership;
    this.context.audit.record({ action, userId, organizationId, target: { type: 'organization_membership', id } });
  }

  private where(membershipId: string) {
    return and(eq(memberships.environmentId, this.environmentId), eq(memberships.id, membershipId));
  }

  private get environmentId(): string {
    return this.context.storage.environmentId;
  }
}
