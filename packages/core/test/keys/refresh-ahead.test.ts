import { describe, expect, test } from '@jest/globals';
import { openIssuer, openVerifier, runtimeOf } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, settle } from '../issuer/outcome.js';

const lives = 10;
const cacheSeconds = 600;

describe('R7: keys in steady traffic', () => {
  test.each([
    ['new tokens', true],
    ['one cached token', false],
  ])('over 10 cache lives no verification of %s waits for a fetch', async (_what, isNew) => {
    const scene = await openIssuer({ lifetimeSeconds: 86_400 });
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    const token = issuer.token();
    await verifier.verify(token);
    for (let second = 0; second < lives * cacheSeconds; second += 5) {
      const release = issuer.hold('all');
      const verification = verifier.verify(isNew ? issuer.token({ registered: false }) : token);
      expect([second, await outcomeNow(verification)]).toEqual([second, 'accepted']);
      release();
      await settle();
      clock.advanceSeconds(5);
    }
    // One at the start, and one at 80 % of each cache age.
    expect(issuer.requests.jwks).toBe(1 + Math.floor((lives * cacheSeconds) / 480));
    expect(issuer.peakInFlight('jwks')).toBe(1);
  });

  test('a refresh that takes its time is waited for by nobody while the old keys are fresh', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    await verifier.ready();
    const release = issuer.hold('jwks');
    clock.advanceSeconds(597);
    expect(await outcomeNow(verifier.verify(issuer.token()))).toBe('accepted');
    await issuer.whenInFlight('jwks');
    clock.advanceSeconds(2);
    expect(await outcomeNow(verifier.verify(issuer.token()))).toBe('accepted');
    release();
  });

  test.each([
    ['at 70 % of the cache age where chance is lowest', 0, 420],
    ['at 80 % in the middle', 0.5, 480],
    ['just before 90 % where chance is highest', 0.999, 540],
  ])('refreshes %s', async (_when, chance, second) => {
    const scene = await openIssuer({ lifetimeSeconds: 86_400 });
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, {}, { ...runtimeOf(scene), random: () => chance });
    const token = issuer.token();
    await verifier.verify(token);
    clock.advanceSeconds(second - 1);
    await verifier.verify(token);
    await settle();
    expect(issuer.requests.jwks).toBe(1);
    clock.advanceSeconds(1);
    await verifier.verify(token);
    await settle();
    expect(issuer.requests.jwks).toBe(2);
  });

  test('keys whose time is over in silence are fetched before anything is accepted', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    await verifier.ready();
    clock.advanceSeconds(600);
    const release = issuer.hold('jwks');
    const verification = verifier.verify(issuer.token());
    expect(await outcomeNow(verification)).toBe('pending');
    release();
    expect(await outcomeOf(verification)).toBe('accepted');
  });
});
