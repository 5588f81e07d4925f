import type { JWK } from 'jose';
import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';
import type { SigningAlgorithm } from './generate-signing-key.js';
import type { KeyRotation } from './key-rotation.js';
import type { ActiveSigningKey, SigningKeyInfo } from './signing-key-info.js';
import { type SigningKeyRow, SigningKeyTable } from './signing-key-table.js';

/** The current keys. */
interface SigningKeySet {
  readonly active: ActiveSigningKey;
  /** The JWK Set: the active key first, then the next, then the retired ones. */
  readonly published: readonly JWK[];
}

/**
 * The signing keys of an environment, shared by all processes. There is always a `next` key, which is published in
 * advance: a verifier that fetched the JWK Set before a rotation already knows the new key.
 */
export class SigningKeys {
  private readonly table: SigningKeyTable;
  private readonly watchers = new Set<() => void>();
  private set?: SigningKeySet;

  constructor(
    private readonly context: ServerContext,
    private readonly algorithm: SigningAlgorithm,
    encryptionKey: Buffer,
    private readonly rotation: KeyRotation,
  ) {
    this.table = new SigningKeyTable(context, encryptionKey);
  }

  /** @throws Error before `open` has resolved */
  get current(): SigningKeySet {
    if (this.set === undefined) throw new Error('the signing keys are not loaded');
    return this.set;
  }

  /** Registers a callback for changes of `current`. */
  onChange(watcher: () => void): void {
    this.watchers.add(watcher);
  }

  async list(): Promise<readonly SigningKeyInfo[]> {
    return this.table.rows();
  }

  /**
   * Creates the first keys, and makes a key of the configured algorithm sign. This happens at the start only: during a
   * rolling update, old and new servers may be configured with different algorithms.
   */
  async open(): Promise<void> {
    const rows = await this.table.rows();
    // Checked before any change: keys sealed with different encryption keys must not stand side by side.
    for (const row of rows) if (row.status !== 'retired') this.table.open(row);
    const wanted = rows.filter(({ status, algorithm }) => status !== 'retired' && algorithm === this.algorithm);
    if (wanted.length < 2) await this.alone(() => this.changeAlgorithm());
    await this.table.noteLifetime(this.rotation.tokenSeconds);
    this.take(await this.table.rows());
  }

  /** Reads changes by other processes, and does what is due: a rotation or a removal. */
  async refresh(): Promise<void> {
    const rows = await this.table.rows();
    const isDue = rows.some((row) => this.rotation.isDue(row, this.now) || this.rotation.isOver(row, this.now));
    this.take(isDue ? await this.alone(() => this.doWhatIsDue()) : rows);
  }

  /**
   * Makes the next key active, retires the active key, and publishes a new next key. Tokens that the retired key signed
   * stay valid until they expire.
   */
  async rotate(): Promise<readonly SigningKeyInfo[]> {
    const rows = await this.alone(() => this.advance());
    // This may be part of an outer transaction, which can still fail.
    this.context.storage.afterCommit(() => this.take(rows));
    return rows;
  }

  private async changeAlgorithm(): Promise<readonly SigningKeyRow[]> {
    const next = (await this.table.rows()).find(({ status }) => status === 'next');
    if (next !== undefined && next.algorithm !== this.algorithm) await this.table.remove(next);
    if (next?.algorithm !== this.algorithm) await this.table.addNext(this.algorithm, this.rotation.tokenSeconds);
    const rows = await this.table.rows();
    const active = rows.find(({ status }) => status === 'active');
    return active?.algorithm === this.algorithm ? rows : this.advance();
  }

  private async doWhatIsDue(): Promise<readonly SigningKeyRow[]> {
    const rows = await this.table.rows();
    for (const row of rows) if (this.rotation.isOver(row, this.now)) await this.table.remove(row);
    return rows.some((row) => this.rotation.isDue(row, this.now)) ? this.advance() : this.table.rows();
  }

  private async advance(): Promise<readonly SigningKeyRow[]> {
    const rows = await this.table.rows();
    // In this order, because the table allows one active and one next key at a time.
    for (const row of rows) if (row.status === 'active') await this.table.retire(row);
    for (const row of rows) if (row.status === 'next') await this.table.activate(row);
    await this.table.addNext(this.algorithm, this.rotation.tokenSeconds);
    return this.table.rows();
  }

  private take(rows: readonly SigningKeyRow[]): void {
    const active = rows.find(({ status }) => status === 'active');
    if (active === undefined) throw new Error('there is no active signing key');
    const published = rows.map(({ publicJwk }) => publicJwk as JWK);
    // The active key comes first, so another order is another set.
    if (JSON.stringify(this.set?.published) === JSON.stringify(published)) return;

    const { kid, algorithm } = active;
    this.set = {
      active: { kid, algorithm: algorithm as SigningAlgorithm, privateJwk: this.table.open(active) },
      published,
    };
    for (const watcher of this.watchers) watcher();
  }

  private alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.context.storage.alone('signing keys', work);
  }

  private get now(): Date {
    return dateOf(this.context.clock);
  }
}
