import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { type IntrospectionOptions, isAuthError, type VerifierEvents } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { failureModes } from '../../../testing/test/issuer-tables.js';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { settle } from '../issuer/outcome.js';
import { rerouteFetch } from '../runtime/rerouted-fetch.js';

const eventNames: readonly (keyof VerifierEvents)[] = [
  'accepted',
  'refused',
  'keys_refreshed',
  'keys_unavailable',
  'introspected',
  'store_failed',
];

const keyPair = generateKeyPairSync('ed25519');

test.each<[string, (own: { clientId: string; clientSecret: string }) => IntrospectionOptions]>([
  ['client_secret_post', (own) => own],
  ['client_secret_basic', (own) => ({ ...own, authMethod: 'client_secret_basic' })],
  ['private_key_jwt', () => ({ clientId: 'client_key', privateKey: keyPair.privateKey })],
])('no event, error, health or store key shows a token or a secret, with %s', async (_method, introspection) => {
  const clients = [{ clientId: 'client_key', publicKey: keyPair.publicKey }];
  const scene = await openIssuer({ clients });
  const { clock, issuer } = scene;
  const own = credentialsOf(issuer);
  const { fetch, forms } = rerouteFetch(issuer);
  const told: string[] = [];
  const tell = (value: unknown) => told.push(inspect(value, { depth: 20 }), JSON.stringify(value) ?? '');
  const store = {
    get: async (key: string) => {
      tell(key);
      return undefined;
    },
    set: async (key: string, response: object) => {
      tell([key, response]);
      throw new Error('full');
    },
  };
  const options = { introspection: introspection(own), stores: { introspection: store } };
  const verifier = openVerifier(scene, options, { fetch });
  for (const name of eventNames) verifier.on(name, (event: unknown) => tell([name, event]));

  const secrets: string[] = [own.clientSecret, 'PRIVATE KEY'];
  const attempt = async (token: string, live = false) => {
    secrets.push(token, ...token.split('.').filter((part) => part.length > 40));
    const verification = verifier.verify(token, { live }).then(tell, (error: unknown) => {
      tell(error);
      if (isAuthError(error)) tell([error.message, error.stack, error.cause, error.description]);
    });
    await settle();
    clock.advanceSeconds(10);
    await verification;
    tell(verifier.health());
  };

  await attempt(issuer.opaqueToken());
  await attempt(issuer.token(), true);
  await attempt(issuer.flaws.badSignature());
  await attempt(issuer.refreshToken());
  for (const mode of failureModes) {
    issuer.fail('introspection', mode);
    await attempt(issuer.opaqueToken());
    issuer.fail('jwks', mode);
    await attempt(issuer.token());
    issuer.recover();
  }
  for (const form of forms) secrets.push(form.get('client_assertion') ?? own.clientSecret);
  const basic = Buffer.from(`${own.clientId}:${own.clientSecret}`).toString('base64');
  expect(told.length).toBeGreaterThan(50);
  expect([...secrets, basic].filter((secret) => told.some((text) => text.includes(secret)))).toEqual([]);
});
