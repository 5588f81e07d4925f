import { Agent } from 'node:http';
import { IssuerUnavailableError } from '@connect-auth/core';
import { expect, jest, test } from '@jest/globals';
import request from 'supertest';
import { ConnectStrategy, jwksRsaKeys } from '../../src/index.js';
import { answerOf, issuerUnavailable } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openJwksServer } from './open-jwks-server.js';
import { outcomeOf } from './outcome.js';

const { JwksClient } = await import('jwks-rsa');

/** An issuer that serves no keys itself; a server that does; and what a client of jwks-rsa makes of them. */
async function open(options: object = {}) {
  const world = await openIssuer();
  world.issuer.fail('jwks', 'error500');
  const server = await openJwksServer(() => world.issuer.keys.jwks());
  const client = new JwksClient({ jwksUri: server.jwksUri, ...options });
  const verifier = world.trustKeysOnly({ keys: { source: jwksRsaKeys(client) } });
  return { ...world, server, verifier };
}

test('the keys come through the client, with its headers and its agent, and not from the issuer', async () => {
  const requestAgent = new Agent();
  const connecting = jest.spyOn(requestAgent, 'createConnection');
  const { issuer, server, verifier } = await open({ requestAgent, requestHeaders: { 'x-tenant': 'acme' } });
  expect(await outcomeOf(verifier, issuer.token())).toBe('accepted');
  expect(server.asked).toEqual([expect.objectContaining({ 'x-tenant': 'acme' })]);
  expect(connecting).toHaveBeenCalledTimes(1);
  expect(issuer.requests.total).toBe(0);
});

test('or with its fetcher', async () => {
  const asked: string[] = [];
  const world = await openIssuer();
  const fetcher = async (uri: string) => {
    asked.push(uri);
    return world.issuer.keys.jwks();
  };
  const client = new JwksClient({ jwksUri: 'http://keys.example/', fetcher });
  const verifier = world.trustKeysOnly({ keys: { source: jwksRsaKeys(client) } });
  expect(await outcomeOf(verifier, world.issuer.token())).toBe('accepted');
  expect([asked, world.issuer.requests.total]).toEqual([['http://keys.example/'], 0]);
});

test('a key that is rotated in is found at once, one that is withdrawn is soon forgotten', async () => {
  // A limit and a cache of the client's own would be in the way.
  const { issuer, clock, server, verifier } = await open({ cache: true, rateLimit: true, jwksRequestsPerMinute: 1 });
  const old = issuer.keys.current;
  const byOld = issuer.token({ lifetimeSeconds: 86_400 });
  expect(await outcomeOf(verifier, byOld)).toBe('accepted');
  issuer.keys.rotate();
  expect(await outcomeOf(verifier, issuer.token())).toBe('accepted');
  expect(server.asked).toHaveLength(2);
  issuer.keys.withdraw(old);
  clock.advanceSeconds(601);
  expect(await outcomeOf(verifier, byOld)).toBe('401 unknown_key');
});

test('the rules of the core hold: one fetch for all, and one for unknown keys in five seconds', async () => {
  const { issuer, clock, server, verifier } = await open();
  const tokens = Array.from({ length: 50 }, () => issuer.token());
  expect(new Set(await Promise.all(tokens.map((token) => outcomeOf(verifier, token))))).toEqual(new Set(['accepted']));
  expect(server.asked).toHaveLength(1);
  for (const _time of [1, 2, 3]) expect(await outcomeOf(verifier, issuer.flaws.unknownKey())).toBe('401 unknown_key');
  expect(server.asked).toHaveLength(2);
  clock.advanceSeconds(5);
  await outcomeOf(verifier, issuer.flaws.unknownKey());
  expect(server.asked).toHaveLength(3);
});

test('an endpoint that fails is 503 and not 401, and its last good keys serve on', async () => {
  const { issuer, clock, server, verifier } = await open();
  server.fail();
  expect(await outcomeOf(verifier, issuer.token())).toBe('503 jwks');
  server.recover();
  clock.advanceSeconds(2);
  expect(await outcomeOf(verifier, issuer.token())).toBe('accepted');
  server.fail();
  clock.advanceSeconds(700);
  expect(await outcomeOf(verifier, issuer.token())).toBe('accepted');
});

test('an endpoint that never answers is 503 at the deadline of the core', async () => {
  const { issuer, clock, server, verifier } = await open();
  const { app, errors } = openApi([new ConnectStrategy(verifier)]);
  const asked = server.hang();
  const asking = request(app).get('/').set(bearer(issuer.token())).then(answerOf);
  await asked;
  clock.advanceMs(5_000);
  expect(await asking).toEqual(issuerUnavailable('1'));
  expect(errors).toEqual([expect.any(IssuerUnavailableError)]);
});

test.each([null, {}, { keys: 'none' }, []])('an endpoint that answers %j is 503', async (document) => {
  const { issuer, trustKeysOnly } = await openIssuer();
  const { jwksUri } = await openJwksServer(() => document);
  const verifier = trustKeysOnly({ keys: { source: jwksRsaKeys(new JwksClient({ jwksUri })) } });
  expect(await outcomeOf(verifier, issuer.token())).toBe('503 jwks');
});
