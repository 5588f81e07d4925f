import { createPublicKey, KeyObject } from 'node:crypto';
import type { ClientRegistry } from '../clients/client-registry.js';
import type { TestClient } from '../clients/test-client.js';
import { type Clock, nowSeconds } from '../clock/clock.js';
import { signingAlgorithms, verifyWith } from '../keys/signing-algorithm.js';
import { OAuthError } from './oauth-error.js';

/** The only `client_assertion_type` (RFC 7523 §2.2). */
export const jwtBearerAssertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const keyTypes: Readonly<Record<string, string>> = { RS256: 'rsa', PS256: 'rsa', ES256: 'ec', EdDSA: 'ed25519' };

/** Creates the check of client assertions (`private_key_jwt`), which accepts each `jti` only once. */
export function createAssertionCheck(clients: ClientRegistry, clock: Clock, audiences: readonly string[]) {
  const usedIds = new Set<string>();

  /** Checks the signature, then `iss`, `sub`, `aud`, `exp`, and that the `jti` is new (RFC 7523 §3). */
  return function checkAssertion(assertion: string): TestClient {
    const [header, payload, signature] = assertion.split('.');
    const { alg } = parsePart(header);
    const claims = parsePart(payload);
    const client = typeof claims.sub === 'string' ? clients.find(claims.sub) : undefined;
    if (client?.publicKey === undefined) throw refusal('It names no client with a registered key.');

    const key =
      client.publicKey instanceof KeyObject
        ? client.publicKey
        : createPublicKey({ key: client.publicKey, format: 'jwk' });
    const algorithm = signingAlgorithms.find((known) => known === alg && keyTypes[known] === key.asymmetricKeyType);
    const bytes = Buffer.from(signature ?? '', 'base64url');
    if (algorithm === undefined || !verifyWith(algorithm, `${header}.${payload}`, key, bytes)) {
      throw refusal('Its signature is not by the registered key.');
    }
    if (claims.iss !== client.clientId) throw refusal('Its issuer is not the client.');
    const named = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
    if (!named.some((audience) => audiences.includes(audience))) throw refusal('It is not for this server.');
    if (typeof claims.exp !== 'number' || claims.exp <= nowSeconds(clock)) throw refusal('It has expired.');
    if (typeof claims.jti !== 'string' || usedIds.has(`${client.clientId} ${claims.jti}`)) {
      throw refusal('It needs a jti that was not used before.');
    }
    usedIds.add(`${client.clientId} ${claims.jti}`);
    return client;
  };
}

function parsePart(part: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Not JSON: refused like anything else that is not an assertion.
  }
  throw refusal('It is not a JWT.');
}

const refusal = (detail: string) => new OAuthError('invalid_client', `The client assertion was refused. ${detail}`);
