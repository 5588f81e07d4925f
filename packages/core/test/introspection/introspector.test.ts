import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, refusalOf, settle, tally } from '../issuer/outcome.js';

async function openIntrospecting(mode: 'fallback' | 'always' = 'fallback') {
  const scene = await openIssuer();
  const verifier = openVerifier(scene, { introspection: { ...credentialsOf(scene.issuer), mode } });
  await verifier.ready();
  return { ...scene, verifier };
}

describe('R10: one call per token at a time', () => {
  test.each([
    ['an opaque token', false],
    ['an opaque token, live', true],
  ])('for 100 callers with %s', async (_what, live) => {
    const { issuer, verifier } = await openIntrospecting();
    const release = issuer.hold('introspection');
    const token = issuer.opaqueToken();
    const verifications = Array.from({ length: 100 }, () => verifier.verify(token, { live }));
    await issuer.whenInFlight('introspection');
    await settle();
    release();
    expect(await tally(verifications)).toEqual({ accepted: 100 });
    expect(issuer.peakInFlight('introspection')).toBe(1);
    expect(issuer.requests.introspection).toBe(1);
  });

  test('for 100 callers with a cached JWT, live', async () => {
    const { issuer, verifier } = await openIntrospecting();
    const token = issuer.token();
    await verifier.verify(token);
    const release = issuer.hold('introspection');
    const verifications = Array.from({ length: 100 }, () => verifier.verify(token, { live: true }));
    await issuer.whenInFlight('introspection');
    await settle();
    release();
    expect(await tally(verifications)).toEqual({ accepted: 100 });
    expect(issuer.requests.introspection).toBe(1);
  });

  test('for 100 callers that all get no response', async () => {
    const { issuer, verifier } = await openIntrospecting();
    issuer.fail('introspection', 'error500');
    const token = issuer.opaqueToken();
    expect(await tally(Array.from({ length: 100 }, () => verifier.verify(token)))).toEqual({
      '503 introspection': 100,
    });
    expect(issuer.requests.introspection).toBe(1);
  });

  test('and the next caller after it makes a new one, live', async () => {
    const { issuer, verifier } = await openIntrospecting();
    const token = issuer.opaqueToken();
    for (const _call of [1, 2, 3]) await verifier.verify(token, { live: true });
    expect(issuer.requests.introspection).toBe(3);
  });
});

describe('R10: at most 50 calls in flight', () => {
  async function openFull() {
    const scene = await openIntrospecting();
    const release = scene.issuer.hold('introspection');
    const tokens = Array.from({ length: 50 }, () => scene.issuer.opaqueToken());
    const running = tokens.map((token) => scene.verifier.verify(token));
    await scene.issuer.whenInFlight('introspection', 50);
    return { ...scene, release, running, tokens };
  }

  test('the 51st token gets 503 at once; a token that is being introspected still joins', async () => {
    const { issuer, verifier, release, running, tokens } = await openFull();
    const refusal = await refusalOf(verifier.verify(issuer.opaqueToken()));
    expect(refusal).toMatchObject({ status: 503, reason: 'introspection', retryAfterSeconds: 1 });
    const joining = verifier.verify(tokens[0] ?? '');
    expect(await outcomeNow(joining)).toBe('pending');
    release();
    expect(await tally([...running, joining])).toEqual({ accepted: 51 });
    expect(issuer.peakInFlight('introspection')).toBe(50);
    expect(issuer.requests.introspection).toBe(50);
  });

  test('when they are over there is room again', async () => {
    const { issuer, verifier, release, running } = await openFull();
    release();
    await Promise.all(running);
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('accepted');
  });

  test('JWTs that are checked here go on', async () => {
    const { issuer, verifier, release, running } = await openFull();
    expect(await outcomeNow(verifier.verify(issuer.token()))).toBe('accepted');
    release();
    await Promise.all(running);
  });
});
