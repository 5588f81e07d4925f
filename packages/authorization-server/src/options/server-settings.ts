/** How tokens, metadata and introspection answers look. */
export type Profile = 'standard' | 'workos';

/** The options of the server, checked and with their defaults. */
export interface ServerSettings {
  readonly issuer: string;
  /** The audience of tokens that were asked for without a resource indicator. */
  readonly environmentClientId: string;
  readonly profile: Profile;
  /** The resource indicators that are known (RFC 8707); empty: the parameter means nothing, as with WorkOS. */
  readonly resources: readonly string[];
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly authorizationCodeSeconds: number;
  /** For cookies; the first signs. */
  readonly cookieKeys: readonly string[];
  /** Goes into whatever encrypts the answers that are kept for an `Idempotency-Key`. */
  readonly answerKey: Buffer;
}
