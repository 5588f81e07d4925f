import { ConfigurationError } from '@connect-auth/core';
import { and, asc, eq, lt, ne } from 'drizzle-orm';
import type { JWK } from 'jose';
import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';
import { type SigningKeyStatus, signingKeys } from '../storage/schema/secrets.js';
import { generateSigningKey, type SigningAlgorithm } from './generate-signing-key.js';
import { seal, unseal } from './sealed.js';

export type SigningKeyRow = typeof signingKeys.$inferSelect;

/** The order of the JWK Set. */
const inOrder: readonly SigningKeyStatus[] = ['active', 'next', 'retired'];

/** The rows of an environment's signing keys, with the private keys sealed. */
export class SigningKeyTable {
  constructor(
    private readonly context: ServerContext,
    private readonly encryptionKey: Buffer,
  ) {}

  async rows(): Promise<readonly SigningKeyRow[]> {
    const rows = await this.context.storage.db
      .select()
      .from(signingKeys)
      .where(eq(signingKeys.environmentId, this.environmentId))
      .orderBy(asc(signingKeys.kid));
    return rows.sort((a, b) => inOrder.indexOf(a.status) - inOrder.indexOf(b.status));
  }

  /** Adds a key that is published and does not sign yet. */
  async addNext(algorithm: SigningAlgorithm, tokenSeconds: number): Promise<void> {
    const kid = this.context.newId('sso_oidc_key_pair_');
    const { publicJwk, privateJwk } = await generateSigningKey(algorithm, kid);
    await this.context.storage.db.insert(signingKeys).values({
      environmentId: this.environmentId,
      kid,
      algorithm,
      status: 'next',
      publicJwk: { ...publicJwk },
      sealedPrivateJwk: seal(this.encryptionKey, JSON.stringify(privateJwk), this.sealContext(kid)),
      tokenSeconds,
      createdAt: this.now,
    });
    this.record('signing_key.created', kid);
  }

  /** Notes the lifetime of the tokens that the keys sign from now on; a longer one noted earlier stays. */
  async noteLifetime(tokenSeconds: number): Promise<void> {
    const { db } = this.context.storage;
    const mayOutlive = and(
      eq(signingKeys.environmentId, this.environmentId),
      lt(signingKeys.tokenSeconds, tokenSeconds),
    );
    await db
      .update(signingKeys)
      .set({ tokenSeconds })
      .where(and(mayOutlive, ne(signingKeys.status, 'retired')));
  }

  async activate({ kid }: SigningKeyRow): Promise<void> {
    await this.change(kid, { status: 'active', activatedAt: this.now });
    this.record('signing_key.activated', kid);
  }

  async retire({ kid }: SigningKeyRow): Promise<void> {
    await this.change(kid, { status: 'retired', retiredAt: this.now });
    this.record('signing_key.retired', kid);
  }

  async remove({ kid }: SigningKeyRow): Promise<void> {
    await this.context.storage.db.delete(signingKeys).where(this.where(kid));
    this.record('signing_key.deleted', kid);
  }

  /** Decrypts the private key. @throws ConfigurationError for one that was sealed with another encryption key */
  open({ kid, sealedPrivateJwk }: SigningKeyRow): JWK {
    try {
      return JSON.parse(unseal(this.encryptionKey, sealedPrivateJwk, this.sealContext(kid))) as JWK;
    } catch {
      throw new ConfigurationError(
        'keys.encryptionKey',
        `does not open signing key ${kid}: it was sealed with another`,
      );
    }
  }

  private async change(kid: string, change: Partial<SigningKeyRow>): Promise<void> {
    await this.context.storage.db.update(signingKeys).set(change).where(this.where(kid));
  }

  private record(action: `signing_key.${'created' | 'activated' | 'retired' | 'deleted'}`, kid: string): void {
    this.context.audit.record({ action, target: { type: 'signing_key', id: kid } });
  }

  private where(kid: string) {
    return and(eq(signingKeys.environmentId, this.environmentId), eq(signingKeys.kid, kid));
  }

  private sealContext(kid: string): string {
    return `signing key/${this.environmentId}/${kid}`;
  }

  private get environmentId(): string {
    return this.context.storage.environmentId;
  }

  private get now(): Date {
    return dateOf(this.context.clock);
  }
}
