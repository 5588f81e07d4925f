import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { ServerSettings } from '../../options/server-settings.js';
import type { OAuthParts } from '../oauth-parts.js';
import { buildProvider } from './build-provider.js';

/**
 * Wraps oidc-provider, whose keys cannot change: a new instance replaces it whenever they do. Requests in progress are
 * finished by the instance that received them.
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
