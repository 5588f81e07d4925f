import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, passTime, settle } from '../issuer/outcome.js';
import { rerouteFetch } from '../runtime/rerouted-fetch.js';

const hour = 3_600;

describe('metadata that is an hour old', () => {
  test('is asked for again, once', async () => {
    const scene = await openIssuer({ lifetimeSeconds: 86_400 });
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: { ...credentialsOf(issuer), cacheSeconds: 0 } });
    const token = issuer.opaqueToken();
    for (const [seconds, requests] of [
      [0, 1],
      [hour - 1, 1],
      [1, 2],
      [1, 2],
    ] as const) {
      clock.advanceSeconds(seconds);
      await verifier.verify(token);
      expect(issuer.requests.discovery).toBe(requests);
    }
  });

  test.each(['error500', 'html', 'reset'] as const)('serves on where there is no newer one, with %s', async (mode) => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    await verifier.verify(issuer.opaqueToken());
    clock.advanceSeconds(hour);
    issuer.fail('discovery', mode);
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  });

  test('serves on for introspection also where the metadata hangs', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    await verifier.verify(issuer.opaqueToken());
    clock.advanceSeconds(hour);
    issuer.fail('discovery', 'hang');
    const verification = verifier.verify(issuer.opaqueToken());
    await passTime(clock, 3);
    expect(await outcomeNow(verification)).toBe('accepted');
  });

  test('serves on for keys also where the metadata hangs', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    await verifier.ready();
    clock.advanceSeconds(hour);
    issuer.fail('discovery', 'hang');
    const ready = outcomeOf(verifier.ready());
    await passTime(clock, 5);
    await ready;
    expect(verifier.health().issuers[0]?.keys).toEqual({ usable: true, count: 1, ageSeconds: expect.any(Number) });
    expect(issuer.requests.jwks).toBe(2);
  });

  test('serves no more where the newer one is not to be trusted', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    await verifier.verify(issuer.opaqueToken());
    clock.advanceSeconds(hour);
    issuer.serveMetadata({ issuer: 'https://evil.test' });
    await verifier.verify(issuer.opaqueToken()); // Served by the old one, while the newer one is asked for.
    await settle();
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('503 discovery');
  });

  test.each<[string, (issuer: string) => object]>([
    ['of another issuer', () => ({ issuer: 'https://evil.test', introspection_endpoint: 'https://evil.test/ask' })],
    ['that leads elsewhere over http', (issuer) => ({ issuer, introspection_endpoint: 'http://evil.test/ask' })],
  ])('sends no token where newer metadata points %s', async (_what, newer) => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const { fetch, urls } = rerouteFetch(issuer);
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) }, { fetch });
    await verifier.verify(issuer.opaqueToken());
    clock.advanceSeconds(hour);
    issuer.serveMetadata(newer(issuer.issuer));
    for (const _attempt of [1, 2, 3]) {
      expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toMatch(/^(accepted|503 discovery)$/);
      await settle();
    }
    expect(urls.filter((url) => url.includes('evil'))).toEqual([]);
  });

  test('costs no request per token where there is no newer one', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    await verifier.verify(issuer.opaqueToken());
    clock.advanceSeconds(hour);
    issuer.fail('discovery', 'error500');
    issuer.resetRequests();
    for (let call = 0; call < 100; call += 1) await verifier.verify(issuer.opaqueToken());
    expect(issuer.requests.discovery).toBeLessThan(10);
  });
});

describe('metadata that hangs, after one call to an endpoint failed', () => {
  /** A way to the issuer on which each answer takes 50 ms of the clock, and the metadata can be made to hang. */
  async function openSlow() {
    const scene = await openIssuer();
    const { fetch } = rerouteFetch(scene.issuer);
    const slowly = async (url: string, init: RequestInit) => {
      await new Promise<void>((resolve) => void scene.clock.after(50, resolve));
      return fetch(url, init);
    };
    const overrides = { introspection: { ...credentialsOf(scene.issuer), cacheSeconds: 0 } };
    const verifier = openVerifier(scene, overrides, { fetch: slowly });
    const start = [verifier.ready(), verifier.verify(scene.issuer.opaqueToken())];
    await passTime(scene.clock, 2);
    await Promise.all(start);
    return { ...scene, verifier };
  }

  test('does not keep the keys from being renewed where they were', async () => {
    const { clock, issuer, verifier } = await openSlow();
    issuer.fail('discovery', 'hang');
    issuer.fail('jwks', 'error500');
    clock.advanceSeconds(500);
    await outcomeOf(verifier.verify(issuer.token()));
    await passTime(clock, 2);
    issuer.recover('jwks');
    for (let second = 0; second < 30; second += 1) {
      await outcomeOf(verifier.verify(issuer.token()));
      await passTime(clock, 1);
    }
    expect(verifier.health().issuers[0]?.keys).not.toHaveProperty('lastError');
    expect(verifier.health().issuers[0]?.keys.ageSeconds).toBeLessThan(60);
  });

  test('does not keep tokens from being asked about where they were', async () => {
    const { clock, issuer, verifier } = await openSlow();
    issuer.fail('discovery', 'hang');
    issuer.fail('introspection', 'error500');
    const failed = outcomeOf(verifier.verify(issuer.opaqueToken()));
    await passTime(clock, 3);
    expect(await failed).toBe('503 introspection');
    issuer.recover('introspection');
    const verification = verifier.verify(issuer.opaqueToken());
    await passTime(clock, 3);
    expect(await outcomeNow(verification)).toBe('accepted');
  });
});
