import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { AuditActor } from '@connect-auth/audit';
import { and, asc, eq } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { LastUsed } from '../credentials/last-used.js';
import { hashSecret, hintOf } from '../credentials/secret-hash.js';
import { dateOf } from '../runtime/clock.js';
import { apiKeys } from '../storage/schema/secrets.js';
import type { NewApiKey } from './new-api-key.js';

/** A key as lists show it. */
export interface ApiKeyInfo {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The keys of the management API, stored as hashes. */
export class ApiKeys {
  readonly lastUsed: LastUsed;
  private readonly fixedHash: Buffer | undefined;

  /** @param fixedKey a key that is not stored, and valid as long as the server runs with it */
  constructor(
    private readonly context: ServerContext,
    fixedKey: string | undefined,
  ) {
    this.lastUsed = new LastUsed(context, apiKeys);
    this.fixedHash = fixedKey === undefined ? undefined : hashSecret(fixedKey);
  }

  async create(name: string): Promise<NewApiKey> {
    const key = `sk_${randomBytes(32).toString('base64url')}`;
    const id = this.context.newId('api_key_');
    await this.context.storage.db.insert(apiKeys).values({
      environmentId: this.context.storage.environmentId,
      id,
      name,
      hash: hashSecret(key),
      hint: hintOf(key),
      createdAt: dateOf(this.context.clock),
    });
    this.context.audit.record({ action: 'api_key.created', target: { type: 'api_key', id } });
    return { id, name, key };
  }

  async list(): Promise<readonly ApiKeyInfo[]> {
    const { db, environmentId } = this.context.storage;
    return db.select().from(apiKeys).where(eq(apiKeys.environmentId, environmentId)).orderBy(asc(apiKeys.id));
  }

  /** Deletes a key, which stops working at once. @returns false if there is no such key */
  async remove(id: string): Promise<boolean> {
    const { db, environmentId } = this.context.storage;
    const isIt = and(eq(apiKeys.environmentId, environmentId), eq(apiKeys.id, id));
    const gone = await db.delete(apiKeys).where(isIt).returning({ id: apiKeys.id });
    if (gone.length > 0) this.context.audit.record({ action: 'api_key.deleted', target: { type: 'api_key', id } });
    return gone.length > 0;
  }

  /** @returns the key's owner, for the audit trail; undefined for an unknown key */
  async authenticate(key: string): Promise<AuditActor | undefined> {
    const hash = hashSecret(key);
    if (this.fixedHash !== undefined && timingSafeEqual(hash, this.fixedHash)) return { type: 'api_key', id: 'fixed' };
    // Found through the index on the hashes: the time of a comparison reveals nothing about the key.
    const [found] = await this.context.storage.db
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(and(eq(apiKeys.environmentId, this.context.storage.environmentId), eq(apiKeys.hash, hash)));
    if (found === undefined) return undefined;
    this.lastUsed.note(found.id);
    return { type: 'api_key', id: found.id };
  }
}
