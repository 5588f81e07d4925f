import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.js';
import type { Credentials, StoryIssuer } from './story-issuer.js';

/** An API other than the demo's, known to the server: its tokens are valid, but not for the demo's API. */
export const otherResource = 'https://billing.example';

const script = new URL(import.meta.resolve('authorization-server/server'));

/** Runs `examples/authorization-server` as a process, with a data folder that is deleted with the demo. Used over HTTP only. */
export class AuthorizationServerProcess implements StoryIssuer {
  readonly title = 'The server';
  acme!: Credentials;
  globex!: Credentials;
  api!: Credentials;
  private child!: Child;
  private readonly encryptionKey = randomBytes(32).toString('base64');

  private constructor(
    private readonly port: number,
    private readonly folder: string,
    private readonly apiKey: string,
  ) {}

  static async start(port: number): Promise<AuthorizationServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'connect-auth-demo-'));
    const server = new AuthorizationServerProcess(port, folder, `sk_demo_${randomBytes(24).toString('base64url')}`);
    await server.restart();
    server.acme = await server.createCredentials('client_acme_warehouse');
    server.globex = await server.createCredentials('client_globex_reports');
    server.api = await server.createCredentials('client_projects_api');
    return server;
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

  /** Starts again on the same data: with the same keys, applications and credentials. */
  async restart(): Promise<void> {
    this.child = await Child.start(script, {
      PORT: String(this.port),
      // The variable of the environment is for the API; this process keeps its data in a folder.
      DATABASE_URL: '',
      DATA_DIR: join(this.folder, 'data'),
      ENCRYPTION_KEY: this.encryptionKey,
      AUDIT_LOG: join(this.folder, 'audit.jsonl'),
      API_KEY: this.apiKey,
      RESOURCES: otherResource,
    });
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Calls the management API. */
  async manage(method: 'POST' | 'DELETE', path: string): Promise<Record<string, unknown>> {
    const response = await fetch(this.url + path, { method, headers: { authorization: `Bearer ${this.apiKey}` } });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
  }

  /** Revokes a token (RFC 7009). */
  async revoke(token: string, { clientId, clientSecret }: Credentials): Promise<void> {
    const form = { token, client_id: clientId, client_secret: clientSecret };
    await fetch(`${this.url}/oauth2/revoke`, { method: 'POST', body: new URLSearchParams(form) });
  }

  private async createCredentials(clientId: string): Promise<Credentials> {
    const { secret } = await this.manage('POST', `/connect/applications/${clientId}/client_secrets`);
    return { clientId, clientSecret: String(secret) };
  }
}
