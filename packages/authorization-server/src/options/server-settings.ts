/** The form of tokens, metadata and introspection responses. */
export type Profile = 'standard' | 'workos';

/** The options of the server, checked and with defaults. */
export interface ServerSettings {
  readonly issuer: string;
  /** The audience of tokens that are requested without a resource indicator. */
  readonly environmentClientId: string;
  readonly profile: Profile;
  /** The known resource indicators (RFC 8707). Empty: the parameter is ignored, as by WorkOS. */
  readonly resources: readonly string[];
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly authorizationCodeSeconds: number;
  /** The keys of cookies; the first one signs. */
  readonly cookieKeys: readonly string[];
  /** The server's part of the keys that encrypt responses stored for an `Idempotency-Key`. */
  readonly answerKey: Buffer;
}
