import type { Flaw } from '@connect-auth/testing';
import { Child } from './child.js';

/** What the issuer is asked beside HTTP: a token with this flaw, a user's token, or that a token counts no more. */
export type Question =
  | { readonly flaw: Flaw }
  | { readonly user: string; readonly org: string; readonly scopes: readonly string[] }
  | { readonly revoke: string };

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The issuer, seen from the demo. */
export class IssuerProcess {
  private constructor(
    private readonly script: URL,
    private readonly port: number,
    private child: Child,
  ) {}

  static async start(script: URL, port: number): Promise<IssuerProcess> {
    return new IssuerProcess(script, port, await Child.start(script, { PORT: String(port) }));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get audience(): string {
    return String(this.child.greeting);
  }

  stop(): Promise<void> {
    return this.child.stop();
  }

  /** After `stop`: on the same port, with keys of its own. */
  async restart(): Promise<void> {
    this.child = await Child.start(this.script, { PORT: String(this.port) });
  }

  /** A token by the client credentials grant, over HTTP like any client's (RFC 6749 §4.4). */
  async grant({ clientId, clientSecret }: Credentials): Promise<string> {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const response = await fetch(`${this.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  async ask(question: Question): Promise<string> {
    return String(await this.child.ask(question));
  }
}
