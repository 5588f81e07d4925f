export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The issuer of a demo's tokens: a process with endpoints, which can go down and come back. */
export interface StoryIssuer {
  /** Its name in the table: `The issuer`. */
  readonly title: string;
  readonly url: string;
  readonly pid: number | undefined;
  /** The audience of its tokens. */
  readonly audience: string;
  /** The application that the curl lines act as. */
  readonly acme: Credentials;
  /** The client as which the API introspects tokens. */
  readonly api: Credentials;
  stop(): Promise<void>;
  /** Starts it again after `stop`, on the same port. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

/** Requests a token by the client credentials grant, over HTTP like any client (RFC 6749 §4.4). */
export async function requestToken(
  issuer: Pick<StoryIssuer, 'url'>,
  { clientId, clientSecret }: Credentials,
  wish: { readonly scope?: string; readonly resource?: string } = {},
): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, ...wish };
  const response = await fetch(`${issuer.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
