import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, tally } from '../issuer/outcome.js';

async function openFailing(failures: number) {
  const scene = await openIssuer();
  const { issuer } = scene;
  const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
  const introspect = () => verifier.verify(issuer.opaqueToken());
  const breaker = () => verifier.health().issuers[0]?.introspection?.breaker;
  await introspect();
  issuer.fail('introspection', 'error500');
  for (let failure = 0; failure < failures; failure += 1) await outcomeOf(introspect());
  issuer.resetRequests();
  return { ...scene, verifier, introspect, breaker };
}

describe('R10: the breaker', () => {
  test('stays closed for four failures in a row', async () => {
    const { issuer, introspect, breaker } = await openFailing(4);
    expect(breaker()).toBe('closed');
    issuer.recover();
    expect(await outcomeOf(introspect())).toBe('accepted');
  });

  test('opens at the fifth: 503 with no request, however many ask', async () => {
    const { issuer, clock, introspect, breaker } = await openFailing(5);
    expect(breaker()).toBe('open');
    expect(await tally(Array.from({ length: 200 }, introspect))).toEqual({ '503 introspection': 200 });
    clock.advanceMs(999);
    expect(await outcomeNow(introspect())).toBe('503 introspection');
    expect(issuer.requests.introspection).toBe(0);
  });

  test('counts failures in a row only', async () => {
    const { issuer, introspect, breaker } = await openFailing(4);
    issuer.recover();
    await introspect();
    issuer.fail('introspection', 'error500');
    for (const _failure of [1, 2, 3, 4]) await outcomeOf(introspect());
    expect(breaker()).toBe('closed');
  });

  test('half open, lets one call a second try', async () => {
    const { issuer, clock, introspect, breaker } = await openFailing(5);
    for (let second = 1; second <= 10; second += 1) {
      clock.advanceMs(1_000);
      expect(breaker()).toBe('half_open');
      expect(await tally(Array.from({ length: 20 }, introspect))).toEqual({ '503 introspection': 20 });
      expect(issuer.requests.introspection).toBe(second);
      expect(breaker()).toBe('open');
    }
  });

  test('half open, keeps all others out while the one call is under way', async () => {
    const { issuer, clock, introspect, breaker } = await openFailing(5);
    issuer.recover();
    clock.advanceMs(1_000);
    const release = issuer.hold('introspection');
    const probe = introspect();
    await issuer.whenInFlight('introspection');
    expect(await tally([introspect(), introspect()])).toEqual({ '503 introspection': 2 });
    release();
    expect(await outcomeOf(probe)).toBe('accepted');
    expect(breaker()).toBe('closed');
    expect(issuer.requests.introspection).toBe(1);
  });

  test('closes for good on one response, whatever it says of the token', async () => {
    const { issuer, clock, verifier, introspect, breaker } = await openFailing(7);
    issuer.recover();
    clock.advanceMs(1_000);
    expect(await outcomeOf(verifier.verify('no-such-token'))).toBe('401 inactive');
    expect(breaker()).toBe('closed');
    expect(verifier.health().issuers[0]?.introspection).toEqual({ breaker: 'closed' });
    expect(await tally(Array.from({ length: 20 }, introspect))).toEqual({ accepted: 20 });
  });

  test('lets through what was answered lately while it is open', async () => {
    const scene = await openIssuer();
    const { issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    const token = issuer.opaqueToken();
    await verifier.verify(token);
    issuer.fail('introspection', 'reset');
    for (const _failure of [1, 2, 3, 4, 5]) await outcomeOf(verifier.verify(issuer.opaqueToken()));
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(token, { live: true }))).toBe('503 introspection');
  });

  test('leaves tokens alone that are checked by their signature', async () => {
    const { issuer, verifier } = await openFailing(5);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  });
});
