import { setTimeout } from 'node:timers/promises';
import { createLocalJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { Clock } from '../runtime/clock.js';

/** The interval at which made-up key ids can cause a query to the database. */
const minRefreshMs = 1_000;

/** Verifies JWTs signed by this server. */
export class OwnJwts {
  private keySet?: ReturnType<typeof createLocalJWKSet>;
  private lastRefreshMs = Number.NEGATIVE_INFINITY;
  private nextRefresh: Promise<void> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {
    keys.onChange(() => {
      this.keySet = createLocalJWKSet({ keys: [...keys.current.published] });
    });
  }

  /** @returns the claims of an access token that has not expired; undefined for anything else */
  async verify(jwt: string): Promise<JWTPayload | undefined> {
    if (!isCanonical(jwt)) return undefined;
    await this.refreshForUnknownKey(jwt);
    this.keySet ??= createLocalJWKSet({ keys: [...this.keys.current.published] });
    try {
      const { payload, protectedHeader } = await jwtVerify(jwt, this.keySet, {
        issuer: this.issuer,
        requiredClaims: ['jti', 'exp', 'sub'],
        currentDate: new Date(this.clock.now()),
      });
      // ID tokens are signed with the same keys, and must not be accepted (RFC 9068 §2.1).
      return protectedHeader.typ === undefined || protectedHeader.typ === 'at+jwt' ? payload : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Reads the keys again for an unknown one: another process may have signed with it, and a token that is not
   * recognized is never revoked. Only a read that began after this call counts.
   */
  private async refreshForUnknownKey(jwt: string): Promise<void> {
    const kid = kidOf(jwt);
    if (kid === undefined || this.keys.current.published.some((key) => key.kid === kid)) return;
    this.nextRefresh ??= this.refreshWhenDue();
    await this.nextRefresh;
  }

  private async refreshWhenDue(): Promise<void> {
    const waitMs = this.lastRefreshMs + minRefreshMs - this.clock.now();
    // Always at least a turn of the event loop, so that every waiting call holds this promise before it is cleared.
    await setTimeout(Math.min(Math.max(waitMs, 0), minRefreshMs));
    this.nextRefresh = undefined;
    this.lastRefreshMs = this.clock.now();
    await this.keys.refresh();
  }
}

/** Accepts one spelling of a token: the last character of a part has spare bits that decoders ignore (RFC 4648 §3.5). */
function isCanonical(jwt: string): boolean {
  const parts = jwt.split('.');
  return parts.length === 3 && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

function kidOf(jwt: string): string | undefined {
  try {
    return decodeProtectedHeader(jwt).kid;
  } catch {
    return undefined;
  }
}
