import { describe, expect, test } from '@jest/globals';
import { openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, settle, tally } from '../issuer/outcome.js';
import { json, rerouteFetch } from '../runtime/rerouted-fetch.js';
import { strayTokens } from './stray-tokens.js';

describe('R2: tokens with keys that nobody published', () => {
  test.each(['cold', 'warm'])('300 unknown kids in parallel cost one fetch, %s', async (state) => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    if (state === 'warm') await verifier.ready();
    scene.issuer.resetRequests();
    const tokens = strayTokens(scene.issuer, 300);
    expect(await tally(tokens.map((token) => verifier.verify(token)))).toEqual({ '401 unknown_key': 300 });
    expect(scene.issuer.requests.jwks).toBe(1);
  });

  test('10,000 at once cost one fetch, and 100 a second for a minute at most 12 more', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    const crowd = strayTokens(scene.issuer, 10_000);
    expect(await tally(crowd.map((token) => verifier.verify(token)))).toEqual({ '401 unknown_key': 10_000 });
    expect(scene.issuer.requests.jwks).toBe(1);

    for (let step = 0; step < 600; step += 1) {
      const tokens = strayTokens(scene.issuer, 10);
      expect(await tally(tokens.map((token) => verifier.verify(token)))).toEqual({ '401 unknown_key': 10 });
      scene.clock.advanceMs(100);
    }
    expect(scene.issuer.requests.jwks).toBeLessThanOrEqual(13);
    expect(scene.issuer.peakInFlight('jwks')).toBe(1);
  }, 30_000);

  test('good tokens pass while unknown kids wait for their fetch', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    await verifier.ready();
    const release = scene.issuer.hold('jwks');
    const [stray = ''] = strayTokens(scene.issuer, 1);
    const refused = outcomeOf(verifier.verify(stray));
    await scene.issuer.whenInFlight('jwks');
    expect(await outcomeNow(verifier.verify(scene.issuer.token()))).toBe('accepted');
    release();
    expect(await refused).toBe('401 unknown_key');
  });
});

describe('R3: a key that was published a moment ago', () => {
  test.each([
    ['right after the start', 0],
    ['after a quiet minute', 60],
    ['after a quiet hour', 3_600],
  ])('is accepted at once %s', async (_when, quietSeconds) => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    await verifier.ready();
    scene.clock.advanceSeconds(quietSeconds);
    scene.issuer.keys.rotate();
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('accepted');
  });

  test('is accepted from 100 callers at once, at the cost of one fetch', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    await verifier.ready();
    scene.issuer.resetRequests();
    scene.issuer.keys.rotate();
    const verifications = Array.from({ length: 100 }, () => verifier.verify(scene.issuer.token()));
    expect(await tally(verifications)).toEqual({ accepted: 100 });
    expect(scene.issuer.requests.jwks).toBe(1);
  });

  test('is accepted within 6 s after a stray unknown kid', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    await verifier.ready();
    const [stray = ''] = strayTokens(scene.issuer, 1);
    expect(await outcomeOf(verifier.verify(stray))).toBe('401 unknown_key');
    scene.issuer.keys.rotate();
    scene.clock.advanceSeconds(6);
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('accepted');
  });

  test('is accepted within 6 s in the middle of a flood of unknown kids', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    await verifier.ready();
    const flood = async (seconds: number) => {
      for (let step = 0; step < 10 * seconds; step += 1) {
        await tally(strayTokens(scene.issuer, 10).map((token) => verifier.verify(token)));
        scene.clock.advanceMs(100);
      }
    };
    await flood(7);
    scene.issuer.keys.rotate();
    await flood(6);
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('accepted');
  });

  test('is accepted at once also while an answer from before its publication is on its way', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    let letThrough = () => {};
    let slow = false;
    const { fetch } = rerouteFetch(issuer, {
      '/oauth2/jwks': async (init) => {
        const answer = json(issuer.keys.jwks())(init);
        if (slow) await new Promise<void>((resolve) => (letThrough = resolve));
        slow = false;
        return answer;
      },
    });
    const verifier = openVerifier(scene, {}, { fetch });
    await verifier.ready();
    slow = true;
    clock.advanceSeconds(500);
    await verifier.verify(issuer.token()); // Starts the refresh ahead.
    await settle();
    issuer.keys.rotate();
    const verification = outcomeOf(verifier.verify(issuer.token()));
    await settle();
    letThrough();
    expect(await verification).toBe('accepted');
  });

  test('signs nothing before it is published', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    const kid = scene.issuer.keys.prepare();
    expect(await outcomeOf(verifier.verify(scene.issuer.token({ key: kid })))).toBe('401 unknown_key');
    scene.issuer.keys.publish(kid);
    expect(await outcomeOf(verifier.verify(scene.issuer.token({ key: kid })))).toBe('accepted');
  });
});
