import { describe, expect, test } from '@jest/globals';
import { credentialsOf, jwksUriOf, openIssuer, openVerifier, systemNetwork } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, passTime, settle } from '../issuer/outcome.js';

const hopeless = ['hang', 'slowDrip'] as const;

describe('R8: an issuer that takes the request and does not come to an end', () => {
  test.each(hopeless)('with %s, is given up after timeoutMs in all, once, and sees the client go', async (mode) => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { jwksUri: jwksUriOf(issuer), keys: { timeoutMs: 700 } });
    issuer.fail('jwks', mode);
    const verification = verifier.verify(issuer.token());
    await issuer.whenInFlight('jwks');
    await settle();
    clock.advanceMs(699);
    expect(await outcomeNow(verification)).toBe('pending');
    clock.advanceMs(1);
    expect(await outcomeOf(verification)).toBe('503 jwks');
    await issuer.whenIdle('jwks');
    expect(issuer.requests.jwks).toBe(1);
  });

  test.each(hopeless)('with %s on a port, has its socket closed', async (mode) => {
    const scene = await openIssuer({ port: 0 });
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { jwksUri: jwksUriOf(issuer), keys: { timeoutMs: 150 } }, systemNetwork);
    issuer.fail('jwks', mode);
    const verification = outcomeOf(verifier.verify(issuer.token()));
    await issuer.whenInFlight('jwks');
    clock.advanceMs(150);
    expect(await verification).toBe('503 jwks');
    await issuer.whenIdle('jwks');
    expect(issuer.requests.jwks).toBe(1);
  });

  test('gives 503 after 5 s by default, metadata and keys taken together', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    const release = issuer.hold('discovery');
    issuer.fail('jwks', 'hang');
    const verification = verifier.verify(issuer.token());
    await issuer.whenInFlight('discovery');
    clock.advanceMs(1_500);
    release();
    await issuer.whenInFlight('jwks');
    clock.advanceMs(3_499);
    expect(await outcomeNow(verification)).toBe('pending');
    clock.advanceMs(1);
    expect(await outcomeOf(verification)).toBe('503 jwks');
    await issuer.whenIdle('jwks');
  });

  test('at every endpoint gives 503 within 6 s by default', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    issuer.fail('all', 'hang');
    const verification = verifier.verify(issuer.token());
    await issuer.whenInFlight('discovery');
    await passTime(clock, 6);
    expect(await outcomeNow(verification)).toMatch(/^503 /);
    await issuer.whenIdle('discovery');
  });

  test('at every endpoint, where it is also asked about tokens, gives 503 within 6 s as well', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    issuer.fail('all', 'hang');
    const verification = verifier.verify(issuer.token());
    await issuer.whenInFlight('discovery');
    await passTime(clock, 6);
    expect(await outcomeNow(verification)).toMatch(/^503 /);
  });
});
