import { describe, expect, test } from '@jest/globals';
import { jwksUriOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, tally } from '../issuer/outcome.js';

describe('R1: a herd before the first keys are there', () => {
  test.each([100, 10_000])(
    '%i parallel tokens are all accepted at the cost of one JWKS fetch',
    async (count) => {
      const scene = await openIssuer();
      const verifier = openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) });
      const tokens = Array.from({ length: count }, () => scene.issuer.token({ registered: false }));
      expect(await tally(tokens.map((token) => verifier.verify(token)))).toEqual({ accepted: count });
      expect(scene.issuer.requests).toMatchObject({ jwks: 1, total: 1 });
    },
    30_000,
  );

  test('with discovery it is one metadata document and one JWKS fetch', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    const tokens = Array.from({ length: 1_000 }, () => scene.issuer.token({ registered: false }));
    expect(await tally(tokens.map((token) => verifier.verify(token)))).toEqual({ accepted: 1_000 });
    expect(scene.issuer.requests).toMatchObject({ discovery: 1, jwks: 1, total: 2 });
  });

  test('whoever comes while the fetch is under way joins it', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) });
    const release = scene.issuer.hold('jwks');
    const early = verifier.verify(scene.issuer.token());
    await scene.issuer.whenInFlight('jwks');
    const late = [verifier.verify(scene.issuer.token()), verifier.ready()];
    expect(await outcomeNow(early)).toBe('pending');
    release();
    expect(await tally([early, ...late])).toEqual({ accepted: 3 });
    expect(scene.issuer.peakInFlight('jwks')).toBe(1);
    expect(scene.issuer.requests.jwks).toBe(1);
  });

  test('a herd on an issuer that fails is one fetch and 503 for all', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) });
    scene.issuer.fail('jwks', 'error500');
    const token = scene.issuer.token();
    const verifications = Array.from({ length: 1_000 }, () => verifier.verify(token));
    expect(await tally(verifications)).toEqual({ '503 jwks': 1_000 });
    expect(scene.issuer.requests.jwks).toBe(1);
  });

  test('tokens that are hopeless by their header or issuer cost no fetch at all', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    const { unsigned, algConfusion, wrongIssuer, missingIssuer } = scene.issuer.flaws;
    for (const flaw of [unsigned, algConfusion, wrongIssuer, missingIssuer]) {
      expect(await outcomeOf(verifier.verify(flaw()))).toMatch(/^401 /);
    }
    expect(scene.issuer.requests.total).toBe(0);
  });
});
