import { randomUUID } from 'node:crypto';
import { until } from '@connect-auth/test-kit/until';
import { expect } from '@jest/globals';
import type { AuthorizationServerOptions } from '../../src/index.js';
import { type Answer, createM2m, grant, type M2m, manage, post } from '../kit/client.js';
import { startProcess, type TestProcess } from './start-process.js';
import { createUserClient, redeem, refresh, type UserClient } from './user-client.js';

type Address = { readonly issuer: string };

/** What one client was told before the server was killed, and what it asked for without an answer. */
interface Told {
  readonly secrets: { readonly application: string; readonly client_id: string; readonly client_secret: string }[];
  readonly tokens: string[];
  readonly redeemed: string[];
  readonly refreshed: string[];
  /** By their keys: the identifiers that were heard. */
  readonly once: Map<string, string>;
  /** Keys of requests that were sent, with or without an answer. */
  readonly keys: string[];
}

/** What happens across a `kill -9`, whatever the storage. */
export class Crash {
  private process!: TestProcess;
  private server!: Address;
  private m2m!: M2m;
  private client!: UserClient;
  private codes: readonly string[] = [];
  private refreshTokens: readonly string[] = [];
  private readonly told: Told = { secrets: [], tokens: [], redeemed: [], refreshed: [], once: new Map(), keys: [] };

  constructor(private readonly storage: AuthorizationServerOptions['storage']) {}

  async start(): Promise<void> {
    this.process = startProcess('serve', JSON.stringify({ issuer: 'https://issuer.test', storage: this.storage }));
    this.server = await this.process.next();
  }

  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** Asks for all kinds of things at once, and kills the server in the middle. */
  async killWhileWriting(): Promise<void> {
    await this.start();
    this.m2m = await createM2m(this.server as never);
    this.client = await createUserClient(this.server);
    this.process.send({ codes: { client: this.client, count: 120 } });
    const codes: string[] = await this.process.next();
    this.codes = codes.splice(0, 60);
    const tokens = await Promise.all(codes.map((code) => redeem(this.server, this.client, code)));
    this.refreshTokens = tokens.map(({ body }) => body.refresh_token);

    const streams = [
      this.untilKilled(() => this.createSecret()),
      this.untilKilled(async () => this.told.tokens.push(await grant(this.server as never, this.m2m))),
      this.untilKilled(() => this.createOnce()),
      this.useUp(this.codes, redeem, this.told.redeemed),
      this.useUp(this.refreshTokens, refresh, this.told.refreshed),
    ];
    const streaming = Promise.all(streams);
    await Promise.race([streaming, this.untilMuchWasTold()]);
    await this.process.kill();
    await streaming;
  }

  /** Every application, and every secret that was shown, is there. */
  async expectSecrets(): Promise<void> {
    for (const { application, client_id, client_secret } of this.told.secrets) {
      expect((await manage(this.server, 'GET', `/connect/applications/${application}`)).status).toBe(200);
      const form = { grant_type: 'client_credentials', client_id, client_secret };
      expect((await post(this.server, '/oauth2/token', form)).status).toBe(200);
    }
  }

  async expectTokens(): Promise<void> {
    for (const token of this.told.tokens) {
      const answer = await post(this.server, '/oauth2/introspection', { ...this.m2m.credentials, token });
      expect(answer.body.active).toBe(true);
    }
  }

  /** A code that was redeemed is not redeemed again, and neither is one of which nobody knows whether it was. */
  expectCodesUsedUp = () => this.expectUsedUp(this.codes, redeem, this.told.redeemed);

  expectRefreshTokensUsedUp = () => this.expectUsedUp(this.refreshTokens, refresh, this.told.refreshed);

  /** Whoever was not answered asks again, and one application is there, the one that was heard of. */
  async expectOnce(): Promise<void> {
    for (const key of this.told.keys) {
      const { status, body } = await this.createWith(key);
      expect(status).toBe(201);
      expect(this.told.once.get(key) ?? body.id).toBe(body.id);
    }
    const { body } = await manage(this.server, 'GET', '/connect/applications?limit=100');
    const names: string[] = body.data.map(({ name }: { name: string }) => name);
    // The list begins with the newest: the last ones written are those in question.
    for (const key of this.told.keys.slice(-20)) expect(names.filter((name) => name === key)).toHaveLength(1);
  }

  private untilMuchWasTold(): Promise<void> {
    const { secrets, tokens, redeemed, refreshed, once } = this.told;
    return until(() => Math.min(secrets.length, tokens.length, redeemed.length, refreshed.length, once.size) >= 10);
  }

  private async createSecret(): Promise<void> {
    const body = { name: 'Acknowledged', application_type: 'm2m', organization_id: this.m2m.organizationId };
    const application = await manage(this.server, 'POST', '/connect/applications', body);
    const secret = await manage(this.server, 'POST', `/connect/applications/${application.body.id}/client_secrets`);
    const { id, client_id } = application.body;
    this.told.secrets.push({ application: id, client_id, client_secret: secret.body.secret });
  }

  private async createOnce(): Promise<void> {
    const key = randomUUID();
    this.told.keys.push(key);
    this.told.once.set(key, (await this.createWith(key)).body.id);
  }

  private createWith(key: string): Promise<Answer> {
    const body = { name: key, application_type: 'm2m', organization_id: this.m2m.organizationId };
    return manage(this.server, 'POST', '/connect/applications', body, { 'idempotency-key': key });
  }

  private async useUp(all: readonly string[], use: typeof redeem, used: string[]): Promise<void> {
    const left = [...all];
    await this.untilKilled(async () => {
      const one = left.shift();
      if (one === undefined) throw new Error('none is left');
      expect((await use(this.server, this.client, one)).status).toBe(200);
      used.push(one);
    });
    expect(left.length).toBeGreaterThan(0);
  }

  private async expectUsedUp(all: readonly string[], use: typeof redeem, used: readonly string[]): Promise<void> {
    for (const one of used) expect((await use(this.server, this.client, one)).status).toBe(400);
    // The one under way when the server was killed, and those that nobody had used.
    const statuses = all.slice(used.length).map(async (one) => {
      const first = await use(this.server, this.client, one);
      const second = await use(this.server, this.client, one);
      return [first.status, second.status];
    });
    const [underWay, ...unused] = await Promise.all(statuses);
    expect(underWay?.[1]).toBe(400);
    expect(unused.length).toBeGreaterThan(0);
    for (const one of unused) expect(one).toEqual([200, 400]);
  }

  /** Again and again, until the server does not answer any more. */
  private async untilKilled(work: () => Promise<unknown>): Promise<void> {
    try {
      for (;;) await work();
    } catch (error) {
      // What fetch says of a connection that breaks, before the answer and in the middle of it.
      if (!['fetch failed', 'terminated'].includes((error as Error).message)) throw error;
    }
  }
}
