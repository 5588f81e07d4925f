/** A JSON object of unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The JOSE header, type-checked (RFC 7515 §4.1). Parameters that carry keys are not kept: they are never trusted. */
export interface JwtHeader {
  readonly alg: string;
  readonly kid: string | undefined;
  readonly typ: string | undefined;
}

/**
 * A well-formed JWT whose signature has not been checked. Its payload is whatever the caller wrote: it may select one of
 * the configured issuers, and nothing else.
 */
export interface UnverifiedJwt {
  readonly header: JwtHeader;
  readonly unverifiedPayload: JsonObject;
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

declare const trust: unique symbol;

/** The payload of a JWT that was signed with a key of its issuer. */
export type SignedClaims = JsonObject & { readonly [trust]: 'SignedClaims' };
