/** The source of the time for the issuer. */
export interface Clock {
  /** The current time in milliseconds since the epoch. */
  readonly now: () => number;
}

export const systemClock: Clock = Object.freeze({ now: () => Date.now() });

/** The clock's time in whole seconds, as `exp`, `iat` and `nbf` count it (RFC 7519 §2, NumericDate). */
export function nowSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
