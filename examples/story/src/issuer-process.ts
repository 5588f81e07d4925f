import type { TokenFlaw } from '@connect-auth/testing';
import { Child } from './child.js';
import { type Credentials, requestToken, type StoryIssuer } from './story-issuer.js';

/** Messages to the issuer outside HTTP: make a token with this flaw, make a user's token, revoke a token. */
export type Question =
  | { readonly flaw: TokenFlaw }
  | { readonly user: string; readonly org: string; readonly scopes: readonly string[] }
  | { readonly revoke: string };

/** The issuer of the test kit, in a process of its own. */
export class IssuerProcess implements StoryIssuer {
  readonly title = 'The issuer';

  private constructor(
    private readonly script: URL,
    private readonly port: number,
    private readonly clients: { readonly acme: Credentials; readonly api: Credentials },
    private child: Child,
  ) {}

  static async start(
    script: URL,
    port: number,
    clients: { readonly acme: Credentials; readonly api: Credentials },
  ): Promise<IssuerProcess> {
    return new IssuerProcess(script, port, clients, await Child.start(script, { PORT: String(port) }));
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

  get acme(): Credentials {
    return this.clients.acme;
  }

  get api(): Credentials {
    return this.clients.api;
  }

  stop(): Promise<void> {
    return this.child.stop();
  }

  /** With keys of its own. */
  async restart(): Promise<void> {
    this.child = await Child.start(this.script, { PORT: String(this.port) });
  }

  dispose(): Promise<void> {
    return this.stop();
  }

  grant(client: Credentials): Promise<string> {
    return requestToken(this, client);
  }

  async ask(question: Question): Promise<string> {
    return String(await this.child.ask(question));
  }
}
