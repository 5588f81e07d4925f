import type { PublicJwk } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { jwksRsaKeys } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openJwksServer } from './open-jwks-server.js';
import { outcomeOf } from './outcome.js';

const { JwksClient } = await import('jwks-rsa');

/** An issuer of two keys: one that only the interceptor gives, and one that only the endpoint serves. */
async function open(interceptor?: () => Promise<unknown>) {
  const world = await openIssuer();
  const { issuer } = world;
  const [givenKid, servedKid] = [issuer.keys.current, issuer.keys.rotate()];
  const pick = (kid: string) => issuer.keys.jwks().keys.filter((key) => key.kid === kid);
  const keys = { given: pick(givenKid) as readonly PublicJwk[], served: pick(servedKid) as readonly PublicJwk[] };
  const server = await openJwksServer(() => ({ keys: keys.served }));
  const client = new JwksClient({
    jwksUri: server.jwksUri,
    getKeysInterceptor: (interceptor ?? (async () => keys.given)) as never,
  });
  const verifier = world.trustKeysOnly({ keys: { source: jwksRsaKeys(client) } });
  const token = (key: string) => issuer.token({ key, lifetimeSeconds: 86_400 });
  return { ...world, server, verifier, keys, byGiven: () => token(givenKid), byServed: () => token(servedKid) };
}

test('keys of the interceptor and keys of the endpoint both count', async () => {
  const { verifier, server, byGiven, byServed } = await open();
  expect(await outcomeOf(verifier, byGiven())).toBe('accepted');
  expect(await outcomeOf(verifier, byServed())).toBe('accepted');
  expect(server.asked).toHaveLength(1);
});

test('under one kid, that of the interceptor counts, as in jwks-rsa', async () => {
  const { verifier, keys, byGiven } = await open();
  const [given, other] = [keys.given[0], keys.served[0]] as const;
  keys.served = [{ ...(other as PublicJwk), kid: String(given?.kid) }];
  expect(await outcomeOf(verifier, byGiven())).toBe('accepted');
});

test('keys without a kid are kept on both sides', async () => {
  const { verifier, keys, byServed } = await open();
  const withoutKid = ({ kid: _, ...key }: PublicJwk) => key as PublicJwk;
  keys.given = keys.given.map((key) => ({ ...withoutKid(key), alg: 'ES384' as never }));
  keys.served = keys.served.map(withoutKid);
  const [, payload = '', signature = ''] = byServed().split('.');
  const header = Buffer.from('{"alg":"ES256"}').toString('base64url');
  // The signature does not fit the new header; that it is checked shows that there is a key.
  expect(await outcomeOf(verifier, [header, payload, signature].join('.'))).toBe('401 bad_signature');
});

describe('the endpoint is down', () => {
  test('from the start: the keys of the interceptor do alone', async () => {
    const { verifier, server, byGiven } = await open();
    server.fail();
    expect(await outcomeOf(verifier, byGiven())).toBe('accepted');
    expect(verifier.health().ready).toBe(true);
  });

  test('having served keys before: no token turns bad, of either; at the end of the stale time it is 503', async () => {
    const { verifier, clock, server, byGiven, byServed } = await open();
    const tokens = [byGiven(), byServed()];
    for (const token of tokens) expect(await outcomeOf(verifier, token)).toBe('accepted');
    server.fail();
    clock.advanceSeconds(700);
    for (const token of [...tokens, byGiven(), byServed()]) expect(await outcomeOf(verifier, token)).toBe('accepted');
    clock.advanceSeconds(3_600);
    expect(await outcomeOf(verifier, byServed())).toBe('503 jwks');
  });

  test('having served only what the interceptor gives as well: that goes on for good', async () => {
    const { verifier, clock, server, keys, byGiven } = await open();
    keys.served = keys.given;
    expect(await outcomeOf(verifier, byGiven())).toBe('accepted');
    server.fail();
    for (const seconds of [601, 4_300, 4_300]) {
      clock.advanceSeconds(seconds);
      expect(await outcomeOf(verifier, byGiven())).toBe('accepted');
    }
  });

  test('and answers again: its keys count again', async () => {
    const { verifier, clock, server, byGiven, byServed } = await open();
    server.fail();
    expect(await outcomeOf(verifier, byGiven())).toBe('accepted');
    server.recover();
    clock.advanceSeconds(5);
    expect(await outcomeOf(verifier, byServed())).toBe('accepted');
  });

  test.each([
    ['gives nothing', async () => undefined],
    ['gives an empty list', async () => []],
    ['gives something else', async () => ({ keys: [] })],
  ])('and the interceptor %s: 503', async (_how, interceptor) => {
    const { verifier, server, byGiven } = await open(interceptor);
    server.fail();
    expect(await outcomeOf(verifier, byGiven())).toBe('503 jwks');
  });
});

describe('an endpoint that answers with no key set counts as down', () => {
  const noKeys = { not: 'a list' } as never;

  test('the keys of the interceptor do alone', async () => {
    const { verifier, keys, byGiven } = await open();
    keys.served = noKeys;
    expect(await outcomeOf(verifier, byGiven())).toBe('accepted');
  });

  test('and what it served before serves on', async () => {
    const { verifier, clock, keys, byServed } = await open();
    expect(await outcomeOf(verifier, byServed())).toBe('accepted');
    keys.served = noKeys;
    clock.advanceSeconds(700);
    expect(await outcomeOf(verifier, byServed())).toBe('accepted');
  });

  test('with no key of the interceptor it is 503', async () => {
    const { verifier, keys, byServed } = await open(async () => []);
    keys.served = noKeys;
    expect(await outcomeOf(verifier, byServed())).toBe('503 jwks');
  });
});

test.each([undefined, null, {}, 'keys'])('an interceptor that gives %p leaves it to the endpoint', async (nothing) => {
  const { verifier, byServed } = await open(async () => nothing);
  expect(await outcomeOf(verifier, byServed())).toBe('accepted');
});

test('an interceptor that fails is 503, as it fails in jwks-rsa', async () => {
  const { verifier, byServed } = await open(() => Promise.reject(new Error('no such file')));
  expect(await outcomeOf(verifier, byServed())).toBe('503 jwks');
});
