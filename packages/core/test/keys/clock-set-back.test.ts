import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';

const hourMs = 3_600_000;

describe('a clock that is set back by an hour', () => {
  test('does not keep a failing issuer from being asked again for that hour', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    scene.issuer.fail('jwks', 'error500');
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('503 jwks');
    scene.issuer.recover();
    scene.clock.set(scene.clock.now() - hourMs);
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('accepted');
  });

  test('does not lengthen the life of a withdrawn key', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    const withdrawn = scene.issuer.keys.current;
    await verifier.verify(scene.issuer.token());
    scene.issuer.keys.rotate();
    scene.issuer.keys.withdraw(withdrawn);
    scene.clock.set(scene.clock.now() - hourMs);
    expect(await outcomeOf(verifier.verify(scene.issuer.token({ key: withdrawn })))).toBe('401 unknown_key');
  });

  test('does not keep the introspection breaker open for that hour', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) });
    scene.issuer.fail('introspection', 'error500');
    for (let call = 0; call < 5; call += 1) await outcomeOf(verifier.verify(scene.issuer.opaqueToken()));
    scene.issuer.recover();
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('503 introspection');
    scene.clock.set(scene.clock.now() - hourMs);
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('accepted');
  });
});
