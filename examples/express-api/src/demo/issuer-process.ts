import type { ChildProcess } from 'node:child_process';
import type { Flaw } from '@connect-auth/testing';
import { start, stop } from './child-process.js';
import { type ClientName, clients } from './clients.js';

export interface IssuerRequest {
  readonly id: number;
  /** A token with this flaw; or that `token` counts no more. */
  readonly ask: Flaw | 'revoke';
  readonly token?: string;
}

/** The first one has id 0, and the audience as its token. */
export interface IssuerAnswer {
  readonly id: number;
  readonly token: string;
}

/** The issuer, seen from the demo. */
export class IssuerProcess {
  #child: ChildProcess | undefined;
  #lastId = 0;
  audience = '';

  constructor(readonly port: number) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, with keys of its own each time. */
  async start(): Promise<void> {
    const { child, said } = await start('issuer.js', { PORT: String(this.port) });
    this.#child = child;
    this.audience = (said as IssuerAnswer).token;
  }

  async stop(): Promise<void> {
    if (this.#child !== undefined) await stop(this.#child);
    this.#child = undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** A token by the client credentials grant, over HTTP like any client's (RFC 6749 §4.4). */
  async grant(name: ClientName): Promise<string> {
    const { clientId, clientSecret } = clients[name];
    const response = await fetch(`${this.url}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  flawed(flaw: Flaw): Promise<string> {
    return this.#ask({ ask: flaw });
  }

  async revoke(token: string): Promise<void> {
    await this.#ask({ ask: 'revoke', token });
  }

  #ask(request: Omit<IssuerRequest, 'id'>): Promise<string> {
    const child = this.#child;
    if (child === undefined) throw new Error('the issuer is not running');
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const listen = (answer: IssuerAnswer) => {
        if (answer.id !== id) return;
        child.off('message', listen);
        resolve(answer.token);
      };
      child.on('message', listen);
      child.send({ ...request, id } satisfies IssuerRequest);
    });
  }
}
