import { defaultClient } from '../clients/test-client.js';
import { systemClock } from '../clock/clock.js';
import { createRequestHandler } from '../endpoints/handle-request.js';
import { authorizationServerMetadata, openidConfiguration } from '../endpoints/metadata.js';
import { createSiteMap } from '../endpoints/site-map.js';
import { createFlawedTokens } from '../flaws/flawed-tokens.js';
import { createForge } from '../flaws/forge.js';
import { createKeyRing } from '../keys/key-ring.js';
import { createExchangeServer } from '../traffic/serve-exchange.js';
import { createTraffic } from '../traffic/traffic.js';
import type { Exchange } from '../transport/exchange.js';
import { createTokenService } from './create-token-service.js';
import { openTransport } from './open-transport.js';
import type { TestIssuer } from './test-issuer.js';
import type { TestIssuerOptions } from './test-issuer-options.js';
import { createVerifierOptions } from './verifier-options.js';

/**
 * Creates an issuer for tests: real keys, real signatures, real endpoints. In memory unless a port is named.
 * Call `close()` when done.
 */
export async function createTestIssuer(options: TestIssuerOptions = {}): Promise<TestIssuer> {
  const {
    environmentClientId = 'client_01TESTENVIRONMENT000000000',
    algorithm = 'RS256',
    lifetimeSeconds = 300,
  } = options;
  const { audience = environmentClientId, clock = systemClock, clients = [], introspectionScope = false } = options;
  const onPort = options.port !== undefined;

  // The transport must be open before the issuer has a name, so its server is bound a moment later.
  const { transport, issuer } = await openTransport(options, (exchange: Exchange) => serve(exchange));
  const profile = { issuer, audience, environmentClientId, lifetimeSeconds, clock };
  const site = createSiteMap(issuer);
  const keys = createKeyRing(algorithm, clock);
  const tokens = createTokenService({ profile, site, keys, clients, introspectionScope });
  const traffic = createTraffic(onPort);
  let servedJwks: unknown;
  let servedMetadata: unknown;

  const handle = createRequestHandler(site, {
    openidConfiguration: () => served(servedMetadata, () => openidConfiguration(issuer, site, algorithm)),
    authorizationServerMetadata: () => served(servedMetadata, () => authorizationServerMetadata(issuer, site)),
    jwks: () => served(servedJwks, keys.jwks),
    token: tokens.answerTokenRequest,
    introspection: tokens.answerIntrospectionRequest,
  });
  const serve = createExchangeServer({ ...traffic.parts, targetOf: site.targetOf, handle });

  const runtime = { now: clock.now, fetch: transport.fetch };
  const portRuntime = options.clock === undefined ? undefined : { now: clock.now };
  const verifierOptions = createVerifierOptions({
    issuer,
    audience,
    client: defaultClient,
    runtime: onPort ? portRuntime : runtime,
  });

  return {
    ...{ issuer, audience, environmentClientId, client: defaultClient, clock, runtime },
    verifierOptions: ((overrides?: object) => ({ ...verifierOptions, ...overrides })) as TestIssuer['verifierOptions'],
    ...tokens.mint,
    connectToken: tokens.connectTokens,
    flaws: createFlawedTokens(createForge(profile, keys)),
    revoke: tokens.revoke,
    keys,
    serveJwks: (value) => {
      servedJwks = value;
    },
    serveMetadata: (value) => {
      servedMetadata = value;
    },
    ...traffic.controls,
    get lastIntrospection() {
      return tokens.lastIntrospection();
    },
    start: transport.start,
    stop: transport.stop,
    close: transport.stop,
  };
}

/** Returns the document in place of the real one; `null` is a document too, `undefined` is not. */
function served(document: unknown, read: () => unknown): unknown {
  return document === undefined ? read() : document;
}
