import { createVerifier, type IssuerOptions } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, runtimeOf, type Scene } from './open-verifier.js';
import { outcomeOf } from './outcome.js';

async function openTwo(introspectsFirst: boolean, introspectsSecond: boolean) {
  const first = await openIssuer({ issuer: 'https://first.test' });
  const second = { ...(await openIssuer({ issuer: 'https://second.test' })) };
  const scenes = [first, second];
  const optionsOf = ({ issuer }: Scene, introspects: boolean): IssuerOptions => ({
    issuer: issuer.issuer,
    audience: issuer.audience,
    ...(introspects && { introspection: credentialsOf(issuer) }),
  });
  const verifier = createVerifier({
    issuers: [optionsOf(first, introspectsFirst), optionsOf(second, introspectsSecond)],
    runtime: {
      ...runtimeOf(first),
      fetch: (url, init) => {
        const scene = scenes.find(({ issuer }) => url.startsWith(issuer.issuer)) ?? first;
        return scene.issuer.runtime.fetch(url, init);
      },
    },
  });
  return { verifier, first: first.issuer, second: second.issuer };
}

describe('with several issuers', () => {
  test('each token is checked with the keys of the issuer that it names', async () => {
    const { verifier, first, second } = await openTwo(false, false);
    expect((await verifier.verify(first.token())).issuer).toBe('https://first.test');
    expect((await verifier.verify(second.token())).issuer).toBe('https://second.test');
    expect([first.requests.jwks, second.requests.jwks]).toEqual([1, 1]);
  });

  test('no issuer can sign for another', async () => {
    const { verifier, first, second } = await openTwo(true, true);
    const claims = { iss: second.issuer };
    expect(await outcomeOf(verifier.verify(first.token({ claims })))).toBe('401 unknown_key');
    const header = { kid: second.keys.current };
    expect(await outcomeOf(verifier.verify(first.token({ claims, header })))).toBe('401 bad_signature');
    expect([first.requests.total, second.requests.introspection]).toEqual([0, 0]);
  });

  test.each(['https://third.test', 'https://first.test/', 'https://FIRST.test', 'https://first.test@evil.test'])(
    'a token of %s is refused without a request',
    async (iss) => {
      const { verifier, first, second } = await openTwo(true, true);
      expect(await outcomeOf(verifier.verify(first.token({ claims: { iss } })))).toBe('401 wrong_issuer');
      expect(first.requests.total + second.requests.total).toBe(0);
    },
  );

  test.each([[['https://first.test']], [7], [null], ['__proto__']])('an issuer of %j is refused', async (iss) => {
    const { verifier, first } = await openTwo(false, false);
    expect(await outcomeOf(verifier.verify(first.token({ claims: { iss } })))).toMatch(/^401 /);
    expect(first.requests.total).toBe(0);
  });

  test('an opaque token is shown to nobody where two issuers could be asked', async () => {
    const { verifier, first, second } = await openTwo(true, true);
    expect(await outcomeOf(verifier.verify(first.opaqueToken()))).toBe('401 malformed');
    expect(await outcomeOf(verifier.verify(second.opaqueToken(), { live: true }))).toBe('401 malformed');
    expect(first.requests.total + second.requests.total).toBe(0);
  });

  test('an opaque token is for the one issuer that introspects', async () => {
    const { verifier, first, second } = await openTwo(false, true);
    expect((await verifier.verify(second.opaqueToken())).issuer).toBe('https://second.test');
    expect(await outcomeOf(verifier.verify(first.opaqueToken()))).toBe('401 inactive');
    expect(first.requests.total).toBe(0);
  });

  test('the trouble of one is not the trouble of the other', async () => {
    const { verifier, first, second } = await openTwo(false, false);
    first.fail('all', 'error500');
    expect(await outcomeOf(verifier.verify(first.token()))).toBe('503 discovery');
    expect(await outcomeOf(verifier.verify(second.token()))).toBe('accepted');
    expect(verifier.health().ready).toBe(false);
    expect(verifier.health().issuers.map(({ issuer, keys }) => [issuer, keys.usable])).toEqual([
      ['https://first.test', false],
      ['https://second.test', true],
    ]);
    expect(await outcomeOf(verifier.ready())).toBe('503 discovery');
  });
});
