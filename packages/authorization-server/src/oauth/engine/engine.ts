import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { ServerSettings } from '../../options/server-settings.js';
import type { OAuthParts } from '../oauth-parts.js';
import { buildProvider } from './build-provider.js';

/**
 * oidc-provider, which has its keys for life: whenever they change, another one takes its place. Requests that are under
 * way are answered by the one that they came to.
 */
export class Engine {
  private current!: Provider;
  private callback!: (req: IncomingMessage, res: ServerResponse) => Promise<void>;

  constructor(
    private readonly parts: OAuthParts,
    private readonly settings: ServerSettings,
    private readonly report: (error: unknown) => void,
  ) {
    this.rebuild();
    parts.signingKeys.onChange(() => this.rebuild());
  }

  get provider(): Provider {
    return this.current;
  }

  handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    return this.callback(req, res);
  }

  private rebuild(): void {
    this.current = buildProvider(this.parts, this.settings, this.report);
    this.callback = this.current.callback();
  }
}
