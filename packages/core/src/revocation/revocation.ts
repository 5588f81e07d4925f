/**
 * The tokens to refuse from now on: those of one token id, organization, client, session or subject. Tokens that are issued
 * after the revocation are accepted again, unless it names a token id.
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
  /** How long to remember it, in seconds: at least the longest lifetime of a token. Default: 86,400, a day. */
  readonly rememberSeconds?: number;
};

/** Carries revocations between processes. All publishers must be trusted: each can lock callers out. */
export interface RevocationFeed {
  publish(revocation: Revocation): Promise<void>;
  /** Calls `listener` for every revocation of every process, until the function that it returns is called. */
  subscribe(listener: (revocation: Revocation) => void): () => void;
}

/** The property of an `Auth` that each kind of revocation is compared with. */
export const revocableBy = {
  tokenId: 'tokenId',
  orgId: 'orgId',
  clientId: 'clientId',
  sid: 'sessionId',
  subject: 'subject',
} as const;

export type RevocableBy = keyof typeof revocableBy;
