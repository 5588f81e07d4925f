import type { AccessTokens, StoredToken } from '../../tokens/access-tokens.js';
import type { OwnJwts } from '../../tokens/own-jwt.js';
import { unmarkToken } from './marked-token.js';

interface Lookup {
  readonly id: string;
  readonly found: Promise<StoredToken | undefined>;
}

/**
 * Looks access tokens up by the tokens themselves. The engine does not know which kind of token it was sent: it looks
 * for every kind, in one turn of the event loop, and those calls share one verification and one query. A later call
 * never shares them, because the token may have been revoked since.
 */
export class TokenLookup {
  private current: Lookup | undefined;

  constructor(
    private readonly tokens: AccessTokens,
    private readonly jwts: OwnJwts,
  ) {}

  /** @param id the marked token; a `jti` alone finds nothing, because it is not a secret */
  find(id: string): Promise<StoredToken | undefined> {
    if (this.current?.id === id) return this.current.found;
    const lookup = { id, found: this.lookUp(id) };
    this.current = lookup;
    queueMicrotask(() => {
      if (this.current === lookup) this.current = undefined;
    });
    return lookup.found;
  }

  private async lookUp(id: string): Promise<StoredToken | undefined> {
    const jwt = unmarkToken(id);
    const claims = jwt === undefined ? undefined : await this.jwts.verify(jwt);
    return claims?.jti === undefined ? undefined : this.tokens.find(claims.jti);
  }
}
