import { createVerifier, type IssuerOptions } from '@connect-auth/core';
import { createFixedClock, createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';

const clock = createFixedClock();
const open = (name: string, audience: string) =>
  createTestIssuer({ clock, algorithm: 'ES256', issuer: `https://${name}.test`, audience });
const [acme, globex, stranger] = [
  await open('acme', 'api'),
  await open('globex', 'api-2'),
  await open('stranger', 'api'),
];
const all = [acme, globex, stranger];
afterAll(() => Promise.all(all.map((issuer) => issuer.close())));
beforeEach(() => {
  for (const issuer of all) issuer.resetRequests();
});

/** The network leads to each of the issuers. */
const runtime = {
  now: clock.now,
  fetch: (url: string, init: RequestInit) => {
    const issuer = all.find((each) => url.startsWith(`${each.issuer}/`));
    return issuer === undefined ? Promise.reject(new Error('no such host')) : issuer.runtime.fetch(url, init);
  },
};
const optionsOf = (issuer: TestIssuer): IssuerOptions => {
  const { runtime: _, introspection: __, ...options } = issuer.verifierOptions();
  return options;
};
const createBoth = () => createVerifier({ issuers: [optionsOf(acme), optionsOf(globex)], runtime });
const totals = () => all.map((issuer) => issuer.requests.total);

test('a token is held against its own issuer, and no other is asked for anything', async () => {
  const verifier = createBoth();
  const auth = await verifier.verify(globex.token());
  expect([auth.issuer, auth.claims.aud]).toEqual(['https://globex.test', 'api-2']);
  expect(totals()).toEqual([0, 2, 0]);
  expect((await verifier.verify(acme.token())).issuer).toBe('https://acme.test');
});

test('a token of an unknown issuer, or of none, costs no fetch of any kind', async () => {
  const verifier = createBoth();
  expect(await outcomeOf(verifier.verify(stranger.token()))).toBe(refused('wrong_issuer'));
  expect(await outcomeOf(verifier.verify(stranger.flaws.missingIssuer()))).toBe(refused('missing_claim (iss)'));
  for (const iss of ['__proto__', 'toString', '', null, ['https://acme.test'], { toString: 'https://acme.test' }]) {
    expect(await outcomeOf(verifier.verify(acme.token({ claims: { iss } })))).toBe(refused('wrong_issuer'));
  }
  expect(totals()).toEqual([0, 0, 0]);
});

describe('one issuer cannot speak for another', () => {
  test('a token that one signed in the name of the other: 401 unknown_key', async () => {
    const token = globex.token({ claims: { iss: acme.issuer, aud: 'api' } });
    expect(await outcomeOf(createBoth().verify(token))).toBe(refused('unknown_key'));
  });

  test('even under the other’s kid: 401 bad_signature', async () => {
    const token = globex.token({ claims: { iss: acme.issuer, aud: 'api' }, header: { kid: acme.keys.current } });
    expect(await outcomeOf(createBoth().verify(token))).toBe(refused('bad_signature'));
  });

  test('each has its own audience: 401 wrong_audience', async () => {
    expect(await outcomeOf(createBoth().verify(acme.token({ audience: 'api-2' })))).toBe(refused('wrong_audience'));
    expect(await outcomeOf(createBoth().verify(globex.token({ audience: 'api' })))).toBe(refused('wrong_audience'));
  });

  test('each has its own algorithms', async () => {
    const issuers = [optionsOf(acme), { ...optionsOf(globex), algorithms: ['RS256' as const] }];
    const verifier = createVerifier({ issuers, runtime });
    expect(await outcomeOf(verifier.verify(acme.token()))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(globex.token()))).toBe(refused('algorithm_not_allowed'));
  });
});

describe('an opaque token', () => {
  const withIntrospection = (issuer: TestIssuer) => ({
    ...optionsOf(issuer),
    introspection: issuer.verifierOptions().introspection,
  });

  test('is asked about where one issuer alone is asked', async () => {
    const verifier = createVerifier({ issuers: [optionsOf(acme), withIntrospection(globex)], runtime });
    expect((await verifier.verify(globex.opaqueToken())).issuer).toBe('https://globex.test');
    expect(await outcomeOf(verifier.verify(acme.opaqueToken()))).toBe(refused('inactive'));
    expect(acme.requests.total).toBe(0);
  });

  test('is shown to nobody where it might be of several, or of none: 401 malformed', async () => {
    const several = createVerifier({ issuers: [withIntrospection(acme), withIntrospection(globex)], runtime });
    for (const verifier of [several, createBoth()]) {
      expect(await outcomeOf(verifier.verify(acme.opaqueToken()))).toBe(refused('malformed (not a JWT)'));
    }
    expect(totals()).toEqual([0, 0, 0]);
  });
});
