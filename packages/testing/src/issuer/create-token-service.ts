import { createClientRegistry } from '../clients/client-registry.js';
import type { TestClient } from '../clients/test-client.js';
import { createClientAuthentication } from '../endpoints/authenticate-client.js';
import { createAssertionCheck } from '../endpoints/client-assertion.js';
import { createIntrospectionEndpoint, type IntrospectionRequest } from '../endpoints/introspection-endpoint.js';
import type { SiteMap } from '../endpoints/site-map.js';
import { createTokenEndpoint } from '../endpoints/token-endpoint.js';
import type { KeyRing } from '../keys/key-ring.js';
import { createConnectTokens } from '../tokens/connect-token.js';
import type { IssuerProfile } from '../tokens/grant-claims.js';
import { createTokenMint } from '../tokens/token-mint.js';
import { createTokenRegister } from '../tokens/token-register.js';

export interface TokenServiceParts {
  readonly profile: IssuerProfile;
  readonly site: SiteMap;
  readonly keys: KeyRing;
  readonly clients: readonly TestClient[];
  readonly introspectionScope: boolean;
}

/** Creates the mint of tokens, and the two endpoints that issue and introspect them. */
export function createTokenService({ profile, site, keys, clients, introspectionScope }: TokenServiceParts) {
  const register = createTokenRegister();
  const mint = createTokenMint(profile, keys, register);
  const connectTokens = createConnectTokens(profile, mint);

  const registry = createClientRegistry(clients);
  const audiences = [profile.issuer, site.url('/oauth2/token'), site.url('/oauth2/introspection')];
  const authenticate = createClientAuthentication(registry, createAssertionCheck(registry, profile.clock, audiences));

  let lastIntrospection: IntrospectionRequest | undefined;
  return {
    mint,
    connectTokens,
    revoke: register.revoke,
    lastIntrospection: () => lastIntrospection,
    answerTokenRequest: createTokenEndpoint({ authenticate, mint, connectTokens, ...profile }),
    answerIntrospectionRequest: createIntrospectionEndpoint({
      authenticate,
      register,
      clock: profile.clock,
      introspectionScope,
      onRequest: (request) => {
        lastIntrospection = request;
      },
    }),
  };
}
