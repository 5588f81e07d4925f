import { defaultOrgId } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { openObserved } from './observed-verifier.js';
import { credentialsOf, openIssuer, openVerifier } from './open-verifier.js';
import { settle } from './outcome.js';

describe('recall()', () => {
  test('gives at once what verify() accepted, with the same event, and asks nobody', async () => {
    const { issuer, verifier } = await openObserved();
    const token = issuer.token();
    expect(verifier.recall(token)).toBeUndefined();
    const auth = await verifier.verify(token);
    const events: unknown[] = [];
    verifier.on('accepted', (event) => events.push(event));
    issuer.resetRequests();
    expect(verifier.recall(token)).toBe(auth);
    expect(events).toEqual([{ auth, cached: true, live: false }]);
    expect(issuer.requests.total).toBe(0);
  });

  test.each<[string, (opened: Awaited<ReturnType<typeof openObserved>>, token: string) => unknown]>([
    ['when it ended', ({ clock }) => clock.advanceSeconds(305)],
    ['when it was revoked', ({ verifier }) => verifier.revoke({ orgId: defaultOrgId })],
    ['after close()', ({ verifier }) => verifier.close()],
    [
      'when its key was withdrawn',
      async ({ issuer, verifier }) => {
        const old = issuer.keys.current;
        issuer.keys.rotate();
        issuer.keys.withdraw(old);
        await verifier.verify(issuer.token());
      },
    ],
  ])('knows nothing of a token %s', async (_when, happen) => {
    const opened = await openObserved();
    const token = opened.issuer.token({ lifetimeSeconds: 300 });
    await opened.verifier.verify(token);
    expect(opened.verifier.recall(token)).toBeDefined();
    await happen(opened, token);
    expect(opened.verifier.recall(token)).toBeUndefined();
  });

  test('knows nothing where every request is to be introspected', async () => {
    const scene = await openIssuer();
    const introspection = { ...credentialsOf(scene.issuer), mode: 'always' as const };
    const verifier = openVerifier(scene, { introspection });
    const token = scene.issuer.token();
    await verifier.verify(token);
    expect(verifier.recall(token)).toBeUndefined();
  });

  test('knows nothing when the keys are no longer fresh', async () => {
    const { clock, issuer, verifier } = await openObserved();
    const token = issuer.token({ lifetimeSeconds: 3_600 });
    await verifier.verify(token);
    clock.advanceMs(599_999);
    expect(verifier.recall(token)).toBeDefined();
    clock.advanceMs(1);
    expect(verifier.recall(token)).toBeUndefined();
  });

  test('starts the refresh that is due, and does not wait for it', async () => {
    const { clock, issuer, verifier } = await openObserved();
    const token = issuer.token({ lifetimeSeconds: 3_600 });
    await verifier.verify(token);
    clock.advanceSeconds(481);
    expect(verifier.recall(token)).toBeDefined();
    await settle();
    expect(issuer.requests.jwks).toBe(2);
  });
});
