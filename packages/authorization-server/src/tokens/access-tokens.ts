import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';
import { accessTokens } from '../storage/schema/tokens.js';
import { brokenConstraint } from '../storage/storage-failure.js';

/** The engine's names: `ClientCredentials` is a client's own token, `AccessToken` a user's. */
export type AccessTokenKind = 'AccessToken' | 'ClientCredentials';

export interface IssuedToken {
  readonly jti: string;
  readonly kind: AccessTokenKind;
  readonly clientId: string;
  readonly accountId?: string | undefined;
  readonly grantId?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly payload: Record<string, unknown>;
  readonly expiresAt: Date;
}

/** What is stored of a token. */
export type StoredToken = Pick<IssuedToken, 'kind' | 'payload'>;

/** The rows of issued access tokens. A JWT without a row was not issued here, or its application was deleted. */
export class AccessTokens {
  private readonly insertion;
  private readonly query;

  constructor(private readonly context: ServerContext) {
    const { storage } = context;
    const placeholder = (name: string) => sql.placeholder(name) as never;
    this.insertion = storage.prepare((db) =>
      db
        .insert(accessTokens)
        .values({
          environmentId: storage.environmentId,
          jti: placeholder('jti'),
          kind: placeholder('kind'),
          clientId: placeholder('clientId'),
          accountId: placeholder('accountId'),
          grantId: placeholder('grantId'),
          organizationId: placeholder('organizationId'),
          payload: placeholder('payload'),
          expiresAt: placeholder('expiresAt'),
        })
        .prepare('connect_auth_token_issued'),
    );
    this.query = storage.prepare((db) =>
      db
        .select({ kind: accessTokens.kind, payload: accessTokens.payload })
        .from(accessTokens)
        .where(and(this.where(placeholder('jti')), isNull(accessTokens.revokedAt)))
        .prepare('connect_auth_token_found'),
    );
  }

  /** @returns false if the application was deleted at this moment, so that the token must not be issued */
  async add(token: IssuedToken): Promise<boolean> {
    const { accountId = null, grantId = null, organizationId = null, ...rest } = token;
    try {
      await this.insertion.execute({ ...rest, accountId, grantId, organizationId });
      return true;
    } catch (error) {
      if (brokenConstraint(error) === 'access_tokens_application') return false;
      throw error;
    }
  }

  /** Finds a token that was not revoked. Does not check whether it has expired; callers must. */
  async find(jti: string): Promise<StoredToken | undefined> {
    const [found] = await this.query.execute({ jti });
    return found;
  }

  async revoke(jti: string): Promise<void> {
    await this.context.storage.db
      .update(accessTokens)
      .set({ revokedAt: dateOf(this.context.clock) })
      .where(and(this.where(jti), isNull(accessTokens.revokedAt)));
  }

  async revokeByGrant(grantId: string): Promise<void> {
    const { environmentId } = this.context.storage;
    await this.context.storage.db
      .update(accessTokens)
      .set({ revokedAt: dateOf(this.context.clock) })
      .where(
        and(
          eq(accessTokens.environmentId, environmentId),
          eq(accessTokens.grantId, grantId),
          isNull(accessTokens.revokedAt),
        ),
      );
  }

  private where(jti: string) {
    return and(eq(accessTokens.environmentId, this.context.storage.environmentId), eq(accessTokens.jti, jti));
  }
}
