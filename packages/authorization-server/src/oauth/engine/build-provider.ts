import { Provider } from 'oidc-provider';
import type { ServerSettings } from '../../options/server-settings.js';
import type { ClientExtras } from '../clients/client-metadata.js';
import type { OAuthParts } from '../oauth-parts.js';
import { answerStorageFailure } from './answer-storage-failure.js';
import { createConfiguration } from './create-configuration.js';
import { recordRefusals } from './record-refusals.js';
import { shapeResponses } from './shape-responses.js';

/** Builds the engine with the current keys. */
export function buildProvider(parts: OAuthParts, settings: ServerSettings, report: (error: unknown) => void): Provider {
  const provider = new Provider(settings.issuer, createConfiguration(parts, settings));
  // The handler has set these headers to the issuer's host, and only they count (koa's `app.proxy`).
  provider.proxy = true;
  // An application has up to five secrets, and only their hashes are stored.
  provider.Client.prototype.compareClientSecret = async function (this: unknown, secret: string) {
    return parts.clients.authenticate(secret, (this as ClientExtras)['x:secrets']);
  };
  recordRefusals(provider, parts.context.audit);
  provider.use(answerStorageFailure(provider, report) as never);
  provider.use(shapeResponses(parts, settings) as never);
  return provider;
}
