import type { AdapterFactory } from 'oidc-provider';
import { Artifacts } from '../../tokens/artifacts.js';
import type { OAuthParts } from '../oauth-parts.js';
import { AccessTokenAdapter } from './access-token-adapter.js';
import { ArtifactAdapter, DiscardingAdapter, GrantAdapter, ReplayAdapter } from './artifact-adapter.js';
import { ClientAdapter } from './client-adapter.js';
import { TokenLookup } from './token-lookup.js';

/** Maps the engine's models to where they are stored. */
export function createAdapter(parts: OAuthParts): AdapterFactory {
  const lookup = new TokenLookup(parts.accessTokens, parts.jwts);
  return (model) => {
    if (model === 'Client') return new ClientAdapter(parts.clients);
    if (model === 'AccessToken' || model === 'ClientCredentials') {
      return new AccessTokenAdapter(model, parts.accessTokens, lookup, parts.context.audit);
    }
    const artifacts = new Artifacts(parts.context, model);
    if (model === 'Grant') return new GrantAdapter(artifacts, parts.revocation);
    if (model === 'Interaction') return new DiscardingAdapter(artifacts, parts.revocation);
    if (model === 'ReplayDetection') return new ReplayAdapter(artifacts, parts.revocation);
    return new ArtifactAdapter(artifacts, parts.revocation);
  };
}
