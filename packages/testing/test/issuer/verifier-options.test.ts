import type { VerifierOptions } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { createFixedClock } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';

test('in memory the runtime is the issuer’s own', async () => {
  const clock = createFixedClock();
  const issuer = await openIssuer({ clock, audience: 'https://api.test' });
  expect(issuer.verifierOptions()).toEqual({
    issuer: 'https://issuer.test',
    audience: 'https://api.test',
    introspection: {
      clientId: issuer.client.clientId,
      clientSecret: issuer.client.clientSecret,
      mode: 'fallback',
    },
    runtime: { now: clock.now, fetch: issuer.runtime.fetch },
  });
});

test('on a port there is a runtime only when a clock was given', async () => {
  const clock = createFixedClock();
  expect((await openIssuer({ port: 0 })).verifierOptions()).not.toHaveProperty('runtime');
  expect((await openIssuer({ port: 0, clock })).verifierOptions().runtime).toEqual({ now: clock.now });
});

test('overrides replace whole members and keep their types', async () => {
  const issuer = await openIssuer();
  const options = issuer.verifierOptions({
    audience: ['a', 'b'],
    introspection: { ...issuer.client, mode: 'always', cacheSeconds: 5 },
    algorithms: ['ES256'],
    tokenCache: null,
  });
  const audience: string[] = options.audience;
  const mode: 'always' = options.introspection.mode;
  const algorithms: 'ES256'[] = options.algorithms;
  const tokenCache: null = options.tokenCache;
  expect([audience, mode, algorithms, tokenCache]).toEqual([['a', 'b'], 'always', ['ES256'], null]);
  expect(options).toMatchObject({ issuer: issuer.issuer, introspection: { mode: 'always', cacheSeconds: 5 } });
  expect(issuer.verifierOptions().introspection.mode).toBe('fallback');
});

test('with and without overrides they are options of core', async () => {
  const issuer = await openIssuer();
  const { client } = issuer;
  // What this proves, the compiler proves.
  const accept = (options: VerifierOptions) => Object.keys(options).length;
  expect(accept(issuer.verifierOptions())).toBe(4);
  expect(accept(issuer.verifierOptions({ audience: null, algorithms: ['ES256'], tokenCache: null }))).toBe(6);
  expect(
    accept(issuer.verifierOptions({ keys: { cacheSeconds: 60 }, introspection: { ...client, mode: 'always' } })),
  ).toBe(5);
  expect(accept(issuer.verifierOptions({ runtime: { ...issuer.runtime, random: () => 0 } }))).toBe(4);
  const { introspection: _, ...withoutIntrospection } = issuer.verifierOptions();
  expect(accept(withoutIntrospection)).toBe(3);
});
