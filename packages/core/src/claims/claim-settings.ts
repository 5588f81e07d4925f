/** The requirements on the claims of one issuer's access tokens. All of it is checked configuration, none of it from a token. */
export interface ClaimSettings {
  readonly issuer: string;
  /** The audiences, of which a token needs one; `null`: deliberately unchecked. */
  readonly audience: readonly string[] | null;
  readonly requiredClaims: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly clockToleranceSeconds: number;
  readonly profile: ClaimProfile;
}

/**
 * The conventions that the claims follow. `standard`: RFC 9068. `connect`: WorkOS Connect, whose M2M tokens may have no
 * `client_id`, and whose consents and sessions are told apart by the prefix of `sid`.
 */
export type ClaimProfile = 'standard' | 'connect';
