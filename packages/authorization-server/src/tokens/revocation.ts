import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';
import { applications } from '../storage/schema/applications.js';
import { accessTokens, artifacts } from '../storage/schema/tokens.js';

/**
 * How long a revoked grant is remembered: a request that has just used its code or refresh token may still be issuing
 * tokens, and needs to know the organization. Those tokens are as invalid as the grant.
 */
const tombstoneSeconds = 3_600;

/**
 * Revokes everything that was issued to or for something deleted. Called inside the transaction that deletes it, so
 * that no token outlives it even for a moment.
 */
export class Revocation {
  constructor(private readonly context: ServerContext) {}

  /** Access tokens are deleted along with the application's row. */
  async revokeForApplication(clientId: string): Promise<void> {
    await this.db
      .delete(artifacts)
      .where(and(eq(artifacts.environmentId, this.environmentId), eq(artifacts.clientId, clientId)));
  }

  async revokeForOrganization(organizationId: string): Promise<void> {
    const gone = await this.db
      .delete(applications)
      .where(and(eq(applications.environmentId, this.environmentId), eq(applications.organizationId, organizationId)))
      .returning({ id: applications.id, clientId: applications.clientId });
    for (const { id, clientId } of gone) {
      await this.revokeForApplication(clientId);
      const target = { type: 'application', id };
      this.context.audit.record({ action: 'application.deleted', organizationId, clientId, target });
    }
    await this.revokeTokens(eq(accessTokens.organizationId, organizationId));
    await this.revokeGrants(eq(artifacts.organizationId, organizationId));
  }

  async revokeForUser(userId: string): Promise<void> {
    await this.revokeTokens(eq(accessTokens.accountId, userId));
    await this.db
      .delete(artifacts)
      .where(and(eq(artifacts.environmentId, this.environmentId), eq(artifacts.accountId, userId)));
  }

  async revokeForMember(userId: string, organizationId: string): Promise<void> {
    await this.revokeTokens(and(eq(accessTokens.accountId, userId), eq(accessTokens.organizationId, organizationId)));
    await this.revokeGrants(and(eq(artifacts.accountId, userId), eq(artifacts.organizationId, organizationId)));
  }

  /** Revokes a grant, and everything issued on it. */
  async revokeGrant(grantId: string): Promise<void> {
    await this.revokeGrants(eq(artifacts.grantId, grantId));
  }

  /** @param which rows of kind `Grant`, which refer to themselves in `grant_id` */
  private async revokeGrants(which: ReturnType<typeof and>): Promise<void> {
    const grants = await this.db
      .select({ grantId: artifacts.grantId })
      .from(artifacts)
      .where(
        and(
          eq(artifacts.environmentId, this.environmentId),
          eq(artifacts.kind, 'Grant'),
          isNull(artifacts.consumedAt),
          which,
        ),
      );
    const ids = grants.flatMap(({ grantId }) => (grantId === null ? [] : [grantId]));
    if (ids.length === 0) return;
    await this.revokeTokens(inArray(accessTokens.grantId, ids));
    const isOfGrants = and(eq(artifacts.environmentId, this.environmentId), inArray(artifacts.grantId, ids));
    await this.db.delete(artifacts).where(and(isOfGrants, ne(artifacts.kind, 'Grant')));
    const now = this.context.clock.now();
    await this.db
      .update(artifacts)
      .set({ consumedAt: new Date(now), expiresAt: new Date(now + tombstoneSeconds * 1000) })
      .where(and(isOfGrants, eq(artifacts.kind, 'Grant')));
    for (const id of ids) this.context.audit.record({ action: 'grant.revoked', target: { type: 'grant', id } });
  }

  private async revokeTokens(which: ReturnType<typeof and>): Promise<void> {
    await this.db
      .update(accessTokens)
      .set({ revokedAt: dateOf(this.context.clock) })
      .where(and(eq(accessTokens.environmentId, this.environmentId), isNull(accessTokens.revokedAt), which));
  }

  private get db() {
    return this.context.storage.db;
  }

  private get environmentId(): string {
    return this.context.storage.environmentId;
  }
}
