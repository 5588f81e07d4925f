import { ConfigurationError } from '../errors/configuration-error.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import type { Revocable } from './revocable.js';
import { type RevocableBy, type Revocation, revocableBy } from './revocation.js';

interface Entry {
  readonly at: number;
  readonly forgetAt: number;
}

const day = 86_400;
const kinds = Object.keys(revocableBy) as RevocableBy[];

/** The revocations that this process knows. It grows with what the operator revokes, not with what callers send. */
export class RevocationList {
  readonly #entries = new Map<string, Entry>();

  /**
   * @param nowSeconds seconds since the epoch
   * @throws ConfigurationError unless the revocation names exactly one thing, by a non-empty string
   */
  add(revocation: Revocation, nowSeconds: number): void {
    const key = keyOf(revocation);
    const { at = nowSeconds, rememberSeconds = day } = revocation;
    if (!Number.isFinite(at) || !Number.isFinite(rememberSeconds) || rememberSeconds <= 0) {
      throw new ConfigurationError('revoke()', 'takes `at` and `rememberSeconds` as numbers of seconds');
    }
    this.#forgetOld(nowSeconds);
    const known = this.#entries.get(key);
    const forgetAt = nowSeconds + rememberSeconds;
    this.#entries.set(key, { at: Math.max(at, known?.at ?? at), forgetAt: Math.max(forgetAt, known?.forgetAt ?? 0) });
  }

  /** @throws InvalidTokenError `revoked` */
  refuseRevoked(token: Revocable, nowSeconds: number): void {
    const kind = this.revokedBy(token, nowSeconds);
    if (kind !== undefined) throw new InvalidTokenError('revoked', kind);
  }

  /** Returns the property by which a token is revoked, if it is. */
  revokedBy(token: Revocable, nowSeconds: number): RevocableBy | undefined {
    if (this.#entries.size === 0) return undefined;
    return kinds.find((kind) => {
      const value = token[revocableBy[kind]];
      const entry = value === undefined ? undefined : this.#entries.get(`${kind} ${value}`);
      if (entry === undefined || nowSeconds >= entry.forgetAt) return false;
      return kind === 'tokenId' || isBefore(token, entry);
    });
  }

  #forgetOld(nowSeconds: number): void {
    for (const [key, { forgetAt }] of this.#entries) if (nowSeconds >= forgetAt) this.#entries.delete(key);
  }
}

/** Whether a token may be older than a revocation: also if it does not say when it was issued, and if both fall into the
 * same second. */
const isBefore = ({ issuedAt }: Revocable, { at }: Entry): boolean =>
  issuedAt === undefined || Math.floor(issuedAt) <= at;

function keyOf(revocation: Revocation): string {
  const named = kinds.filter((kind) => Object.hasOwn(revocation ?? {}, kind));
  const kind = named[0];
  const value = kind === undefined ? undefined : (revocation as Readonly<Record<string, unknown>>)[kind];
  if (named.length !== 1 || typeof value !== 'string' || value === '') {
    throw new ConfigurationError('revoke()', `takes exactly one of ${kinds.join(', ')}, as a non-empty string`);
  }
  return `${kind} ${value}`;
}
