import { createHash } from 'node:crypto';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';
import { artifacts } from '../storage/schema/tokens.js';

type Payload = Record<string, unknown>;
type Row = typeof artifacts.$inferSelect;

/** Authorization codes and refresh tokens are their own identifiers, so only hashes are stored. */
const hashId = (id: string) => createHash('sha256').update(id, 'utf8').digest();

/** Returns a string of the payload for a column of its own. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** Objects of one kind that the engine stores, besides clients and access tokens. */
export class Artifacts {
  constructor(
    private readonly context: ServerContext,
    private readonly kind: string,
  ) {}

  /** Inserts or updates it. The organization of a grant is not changed. */
  async save(id: string, payload: Payload, expiresInSeconds?: number): Promise<void> {
    const row = this.rowOf(id, payload, expiresInSeconds);
    const { environmentId, kind, idHash, ...changes } = row;
    await this.db
      .insert(artifacts)
      .values(row)
      .onConflictDoUpdate({ target: [artifacts.environmentId, artifacts.kind, artifacts.idHash], set: changes });
  }

  /** @returns false if it exists already: of several simultaneous attempts, one inserts */
  async add(id: string, payload: Payload, expiresInSeconds?: number): Promise<boolean> {
    const inserted = await this.db
      .insert(artifacts)
      .values(this.rowOf(id, payload, expiresInSeconds))
      .onConflictDoNothing()
      .returning({ kind: artifacts.kind });
    return inserted.length > 0;
  }

  find(id: string): Promise<Payload | undefined> {
    return this.findBy(eq(artifacts.idHash, hashId(id)), id);
  }

  findByUid(uid: string): Promise<Payload | undefined> {
    return this.findBy(eq(artifacts.uid, uid));
  }

  findByUserCode(userCode: string): Promise<Payload | undefined> {
    return this.findBy(eq(artifacts.userCode, userCode));
  }

  /** @returns false if it was consumed before: of several simultaneous attempts, one consumes */
  async consume(id: string): Promise<boolean> {
    const consumed = await this.db
      .update(artifacts)
      .set({ consumedAt: dateOf(this.context.clock) })
      .where(and(this.where(eq(artifacts.idHash, hashId(id))), isNull(artifacts.consumedAt)))
      .returning({ kind: artifacts.kind });
    return consumed.length > 0;
  }

  /** @returns whether it existed */
  async destroy(id: string): Promise<boolean> {
    const gone = await this.db
      .delete(artifacts)
      .where(this.where(eq(artifacts.idHash, hashId(id))))
      .returning({ kind: artifacts.kind });
    return gone.length > 0;
  }

  async destroyByGrant(grantId: string): Promise<void> {
    await this.db.delete(artifacts).where(this.where(eq(artifacts.grantId, grantId)));
  }

  /** @returns the organization of a grant, even of one just revoked: null for none, undefined for a grant that is gone */
  async organizationOf(id: string): Promise<string | null | undefined> {
    const [found] = await this.db
      .select({ organizationId: artifacts.organizationId })
      .from(artifacts)
      .where(this.where(eq(artifacts.idHash, hashId(id))));
    return found?.organizationId;
  }

  async setOrganization(id: string, organizationId: string): Promise<void> {
    await this.db
      .update(artifacts)
      .set({ organizationId })
      .where(this.where(eq(artifacts.idHash, hashId(id))));
  }

  private async findBy(which: ReturnType<typeof eq>, id?: string): Promise<Payload | undefined> {
    const isAlive = or(
      isNull(artifacts.expiresAt),
      sql`${artifacts.expiresAt} > ${dateOf(this.context.clock).toISOString()}`,
    );
    const [found] = await this.db
      .select({ payload: artifacts.payload, consumedAt: artifacts.consumedAt })
      .from(artifacts)
      .where(and(this.where(which), isAlive));
    // A grant is not consumed by use: here it means revoked.
    if (found === undefined || (this.kind === 'Grant' && found.consumedAt !== null)) return undefined;
    return {
      ...found.payload,
      ...(id !== undefined && { jti: id }),
      ...(found.consumedAt !== null && { consumed: Math.floor(found.consumedAt.getTime() / 1000) }),
    };
  }

  private rowOf(
    id: string,
    payload: Payload,
    expiresInSeconds: number | undefined,
  ): Omit<Row, 'organizationId' | 'consumedAt'> {
    const { jti: _, ...kept } = payload;
    return {
      environmentId: this.context.storage.environmentId,
      kind: this.kind,
      idHash: hashId(id),
      payload: kept,
      // A grant refers to itself, so that one query finds it and everything issued on it.
      grantId: this.kind === 'Grant' ? id : textOf(payload.grantId),
      uid: textOf(payload.uid),
      userCode: textOf(payload.userCode),
      clientId: textOf(payload.clientId),
      accountId: textOf(payload.accountId),
      expiresAt: expiresInSeconds === undefined ? null : new Date(this.context.clock.now() + expiresInSeconds * 1000),
    };
  }

  private where(which: ReturnType<typeof and>) {
    return and(eq(artifacts.environmentId, this.context.storage.environmentId), eq(artifacts.kind, this.kind), which);
  }

  private get db() {
    return this.context.storage.db;
  }
}
