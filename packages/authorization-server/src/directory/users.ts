import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { notFound } from '../errors/refusal.js';
import { dateOf } from '../runtime/clock.js';
import { type Listed, listPage, type Page } from '../storage/list-page.js';
import { refuseTaken } from '../storage/refuse-taken.js';
import { type Metadata, organizationMemberships, users } from '../storage/schema/directory.js';
import type { Revocation } from '../tokens/revocation.js';
import type { UserDirectory } from './directory.js';

export type User = typeof users.$inferSelect;

export interface UserChange {
  readonly email?: string | undefined;
  readonly emailVerified?: boolean | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly metadata?: Metadata | undefined;
}

/** The users in the server's own tables, without passwords: signing in is the task of another system. */
export class Users implements UserDirectory {
  constructor(
    private readonly context: ServerContext,
    private readonly revocation: Revocation,
  ) {}

  async find(userId: string): Promise<User | undefined> {
    const [found] = await this.db.select().from(users).where(this.where(userId));
    return found;
  }

  async isMember(userId: string, organizationId: string): Promise<boolean> {
    const found = await this.db
      .select({ id: organizationMemberships.id })
      .from(organizationMemberships)
      .where(
        and(
          eq(organizationMemberships.environmentId, this.environmentId),
          eq(organizationMemberships.userId, userId),
          eq(organizationMemberships.organizationId, organizationId),
        ),
      );
    return found.length > 0;
  }

  list(
    page: Page,
    filter: { email?: string | undefined; organizationId?: string | undefined } = {},
  ): Promise<Listed<User>> {
    const { email, organizationId } = filter;
    const where = and(
      eq(users.environmentId, this.environmentId),
      email === undefined ? undefined : eq(sql`lower(${users.email})`, email.toLowerCase()),
      organizationId === undefined ? undefined : inArray(users.id, this.membersOf(organizationId)),
    );
    return listPage(this.db, users, where, page);
  }

  /** @param id default: a new one; a seed file names its own */
  async create({ id, email, ...rest }: UserChange & { email: string; id?: string }): Promise<User> {
    const now = dateOf(this.context.clock);
    const row: User = {
      environmentId: this.environmentId,
      id: id ?? this.context.newId('user_'),
      email,
      emailVerified: rest.emailVerified ?? false,
      firstName: rest.firstName ?? null,
      lastName: rest.lastName ?? null,
      externalId: rest.externalId ?? null,
      metadata: rest.metadata ?? {},
      createdAt: now,
      updatedAt: now,
    };
    await refuseTaken('user', ['external_id', 'email'], () => this.db.insert(users).values(row));
    this.record('user.created', row.id);
    return row;
  }

  /** @throws Refusal `not_found`, or `taken` for an address or `external_id` of another user */
  async update(userId: string, change: UserChange): Promise<User> {
    const { email, emailVerified, firstName, lastName, externalId, metadata } = change;
    const updatedAt = dateOf(this.context.clock);
    const set = { email, emailVerified, firstName, lastName, externalId, metadata, updatedAt };
    const [updated] = await refuseTaken('user', ['external_id', 'email'], () =>
      this.db.update(users).set(set).where(this.where(userId)).returning(),
    );
    if (updated === undefined) throw notFound('User');
    this.record('user.updated', userId);
    return updated;
  }

  /** Deletes a user with the memberships and every token. @throws Refusal `not_found` */
  async remove(userId: string): Promise<void> {
    await this.context.storage.transaction(async (db) => {
      const gone = await db.delete(users).where(this.where(userId)).returning({ id: users.id });
      if (gone.length === 0) throw notFound('User');
      await this.revocation.revokeForUser(userId);
      this.record('user.deleted', userId);
    });
  }

  private membersOf(organizationId: string) {
    return this.db
      .select({ id: organizationMemberships.userId })
      .from(organizationMemberships)
      .where(
        and(
          eq(organizationMemberships.environmentId, this.environmentId),
          eq(organizationMemberships.organizationId, organizationId),
        ),
      );
  }

  private record(action: `user.${'created' | 'updated' | 'deleted'}`, userId: string): void {
    this.context.audit.record({ action, userId, target: { type: 'user', id: userId } });
  }

  private where(userId: string) {
    return and(eq(users.environmentId, this.environmentId), eq(users.id, userId));
  }

  private get db() {
    return this.context.storage.db;
  }

  private get environmentId(): string {
    return this.context.storage.environmentId;
  }
}
