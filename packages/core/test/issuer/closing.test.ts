import { describe, expect, test } from '@jest/globals';
import { credentialsOf, jwksUriOf, openIssuer, openVerifier, runtimeOf } from './open-verifier.js';
import { outcomeNow, outcomeOf, settle, tally } from './outcome.js';

describe('R12: the start', () => {
  test('asks nobody for anything, and goes well with the issuer down', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    await issuer.stop();
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    expect(issuer.requests.total).toBe(0);
    expect(verifier.health()).toMatchObject({ ready: false });
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 discovery');
    await issuer.start();
    clock.advanceSeconds(2);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(verifier.health()).toMatchObject({ ready: true });
  });

  test('that is to be strict fails in ready() while the issuer is down, and goes well once it is up', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { jwksUri: jwksUriOf(issuer) });
    await issuer.stop();
    expect(await outcomeOf(verifier.ready())).toBe('503 jwks');
    expect(await outcomeNow(verifier.ready())).toBe('503 jwks');
    await issuer.start();
    clock.advanceSeconds(2);
    expect(await outcomeOf(verifier.ready())).toBe('accepted');
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(issuer.requests.jwks).toBe(1);
  });

  test('ready() fetches nothing where the keys are there', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    await Promise.all([verifier.ready(), verifier.ready()]);
    await verifier.ready();
    expect(scene.issuer.requests.jwks).toBe(1);
  });
});

describe('R12: close()', () => {
  test('ends every fetch that hangs: 503 for those who wait, and the issuer sees them go', async () => {
    const scene = await openIssuer();
    const { issuer } = scene;
    const verifier = openVerifier(scene, { jwksUri: jwksUriOf(issuer), introspection: credentialsOf(issuer) });
    issuer.fail('jwks', 'hang');
    const waiting = [verifier.ready(), verifier.ready()];
    await issuer.whenInFlight('jwks');
    await verifier.close();
    expect(await tally(waiting)).toEqual({ '503 jwks': 2 });
    await issuer.whenIdle('jwks');
  });

  test('ends introspection and discovery that hang, too', async () => {
    const scene = await openIssuer();
    const { issuer } = scene;
    const options = { introspection: credentialsOf(issuer) };
    const [discovering, introspecting] = [openVerifier(scene, options), openVerifier(scene, options)];
    await introspecting.ready();
    issuer.fail('all', 'hang');
    const waiting = [discovering.verify(issuer.opaqueToken()), introspecting.verify(issuer.opaqueToken())];
    await issuer.whenInFlight('discovery');
    await issuer.whenInFlight('introspection');
    await Promise.all([discovering.close(), introspecting.close()]);
    for (const outcome of Object.keys(await tally(waiting))) expect(outcome).toMatch(/^503 /);
    await issuer.whenIdle('discovery');
    await issuer.whenIdle('introspection');
  });

  test('leaves no timer running', async () => {
    const scene = await openIssuer();
    const { issuer } = scene;
    const running = new Set<object>();
    const after = (delayMs: number, action: () => void) => {
      const timer = {};
      running.add(timer);
      const cancel = runtimeOf(scene).after(delayMs, action);
      return () => {
        running.delete(timer);
        cancel();
      };
    };
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) }, { after });
    await verifier.verify(issuer.token());
    expect(running.size).toBe(0);
    issuer.fail('introspection', 'hang');
    const waiting = outcomeOf(verifier.verify(issuer.opaqueToken()));
    await issuer.whenInFlight('introspection');
    expect(running.size).toBe(1);
    await verifier.close();
    await waiting;
    await settle();
    expect(running.size).toBe(0);
  });

  test('is the end of all requests: nothing is fetched or asked any more', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    await verifier.ready();
    await verifier.close();
    issuer.resetRequests();
    issuer.keys.rotate();
    for (const seconds of [0, 500, 700, 10_000]) {
      clock.advanceSeconds(seconds);
      await outcomeOf(verifier.verify(issuer.token()));
      expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toMatch(/^503 /);
    }
    expect(issuer.requests.total).toBe(0);
  });

  test('may be called twice', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    await verifier.close();
    await expect(verifier.close()).resolves.toBeUndefined();
  });
});
