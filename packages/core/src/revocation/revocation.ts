/**
 * Which tokens are not to be accepted any more: those of one token id, organization, client, session or subject. Except
 * for a token id, tokens that are issued after the revocation are good again.
 */
export type Revocation = (
  | { readonly tokenId: string }
  | { readonly orgId: string }
  | { readonly clientId: string }
  | { readonly sid: string }
  | { readonly subject: string }
) & {
  /** When the revocation took place, in seconds since the epoch. Default: now. */
  readonly at?: number;
  /** How long to remember it, in seconds: at least the longest life of a token. Default: 86,400, a day. */
  readonly rememberSeconds?: number;
};

/** Carries revocations between processes. Both ends must be trusted: whoever publishes can shut callers out. */
export interface RevocationFeed {
  publish(revocation: Revocation): Promise<void>;
  /** Calls `listener` for every revocation of every process, until the function that it returns is called. */
  subscribe(listener: (revocation: Revocation) => void): () => void;
}

/** By which property of an `Auth` each kind of revocation is found. */
export const revocableBy = {
  tokenId: 'tokenId',
  orgId: 'orgId',
  clientId: 'clientId',
  sid: 'sessionId',
  subject: 'subject',
} as const;

export type RevocableBy = keyof typeof revocableBy;
