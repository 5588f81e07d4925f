/** A read-only set: only its issuer grants the scopes of a token. */
class ScopeSet extends Set<string> {
  #sealed = false;

  seal(): this {
    this.#sealed = true;
    return Object.freeze(this);
  }

  override add(value: string): this {
    if (this.#sealed) throw new TypeError('the scopes of a token are read-only');
    return super.add(value);
  }

  override delete(): boolean {
    throw new TypeError('the scopes of a token are read-only');
  }

  override clear(): void {
    throw new TypeError('the scopes of a token are read-only');
  }

  /** In JSON a set would show as `{}`. */
  toJSON(): string[] {
    return [...this];
  }
}

// Comparisons and `inspect` see an ordinary set.
Object.defineProperty(ScopeSet.prototype, 'constructor', { value: Set });

/** RFC 6749 §3.3: scope tokens in one string, between spaces; some issuers send them as a list. */
export function toScopeSet(scope: string | readonly string[] | undefined): ReadonlySet<string> {
  const tokens = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : (scope ?? []);
  const scopes = new ScopeSet();
  for (const token of tokens) scopes.add(token);
  return scopes.seal();
}
