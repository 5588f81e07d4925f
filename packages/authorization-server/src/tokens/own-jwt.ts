import { setTimeout } from 'node:timers/promises';
import { createLocalJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { Clock } from '../runtime/clock.js';

/** Whoever makes up keys costs no more than one question to the database in this time. */
const minLookMs = 1_000;

/** Reads JWTs that this server signed, and no others. */
export class OwnJwts {
  private keySet?: ReturnType<typeof createLocalJWKSet>;
  private lastLookMs = Number.NEGATIVE_INFINITY;
  private nextLook: Promise<void> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {
    keys.onChange(() => {
      this.keySet = createLocalJWKSet({ keys: [...keys.current.published] });
    });
  }

  /** @returns the claims of an access token that has not expired; undefined for everything else */
  async read(jwt: string): Promise<JWTPayload | undefined> {
    if (!isCanonical(jwt)) return undefined;
    await this.learnKey(jwt);
    this.keySet ??= createLocalJWKSet({ keys: [...this.keys.current.published] });
    try {
      const { payload, protectedHeader } = await jwtVerify(jwt, this.keySet, {
        issuer: this.issuer,
        requiredClaims: ['jti', 'exp', 'sub'],
        currentDate: new Date(this.clock.now()),
      });
      // ID tokens are signed with the same keys, and have no place here (RFC 9068 §2.1).
      return protectedHeader.typ === undefined || protectedHeader.typ === 'at+jwt' ? payload : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Another process may have signed with a key that this one has not read yet: to miss a revocation would be for good. A
   * look counts only if it began after the question came.
   */
  private async learnKey(jwt: string): Promise<void> {
    const kid = kidOf(jwt);
    if (kid === undefined || this.keys.current.published.some((key) => key.kid === kid)) return;
    this.nextLook ??= this.lookWhenDue();
    await this.nextLook;
  }

  private async lookWhenDue(): Promise<void> {
    const waitMs = this.lastLookMs + minLookMs - this.clock.now();
    // Always a turn later: whoever waits for this look must have it in hand before it is let go.
    await setTimeout(Math.min(Math.max(waitMs, 0), minLookMs));
    this.nextLook = undefined;
    this.lastLookMs = this.clock.now();
    await this.keys.refresh();
  }
}

/** A token has one spelling. The last letter of a part has bits to spare, which decoders pass over (RFC 4648 §3.5). */
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
