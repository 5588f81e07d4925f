// Throughput of one route behind each library, as a share of the same route with nothing before it.
import { createTestIssuer } from '@connect-auth/testing';
import { guards as expressGuards } from './express-guards.mjs';
import { measureShares } from './measure-shares.mjs';
import { keycloakRealm, guards as nestGuards } from './nest-guards.mjs';

const tokenCount = 20;

// On http loopback; express-oauth2-jwt-bearer takes that only outside production, and NODE_ENV matters to Express.
const issuer = await createTestIssuer({ port: 0, lifetimeSeconds: 3600 });
const { issuer: url, audience } = issuer;
const env = { ISSUER: url, AUDIENCE: audience, JWK: JSON.stringify(issuer.keys.jwks().keys[0]) };

const mint = (claims) => Array.from({ length: tokenCount }, () => issuer.token({ claims }));
const tokens = mint({});
const keycloakTokens = mint({ iss: keycloakRealm(url), typ: 'Bearer' });

await measureShares({
  title: `Express 5, one route, ${tokenCount} warm RS256 tokens`,
  script: 'express-server.mjs',
  names: Object.keys(expressGuards),
  env,
  tokensFor: () => tokens,
});
await measureShares({
  title: `Nest 12 on Express 5, one route, ${tokenCount} warm RS256 tokens`,
  script: 'nest-server.mjs',
  names: Object.keys(nestGuards),
  env,
  tokensFor: (name) => (name === 'nest-keycloak-connect' ? keycloakTokens : tokens),
});
await issuer.close();
