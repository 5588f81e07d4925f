/** What one issuer's access tokens have to be like. All of it is checked configuration, none of it from a token. */
export interface ClaimRules {
  readonly issuer: string;
  /** Any one of these will do; `null`: deliberately unchecked. */
  readonly audience: readonly string[] | null;
  readonly requiredClaims: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly clockToleranceSeconds: number;
  readonly profile: ClaimProfile;
}

/**
 * Whose conventions the claims follow. `standard`: RFC 9068. `connect`: WorkOS Connect, whose M2M tokens may carry no
 * `client_id` and whose consents are told from sessions by the prefix of `sid`.
 */
export type ClaimProfile = 'standard' | 'connect';
