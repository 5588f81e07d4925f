import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf, settle } from '../issuer/outcome.js';
import { json, notFound, rerouteFetch } from '../runtime/rerouted-fetch.js';

const metadataPath = '/.well-known/oauth-authorization-server';

describe('what moved is followed', () => {
  test('keys, after a fetch at the old place failed', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    let moved = false;
    const keys = json(issuer.keys.jwks());
    const { fetch, urls } = rerouteFetch(issuer, {
      [metadataPath]: (init) =>
        json({ issuer: issuer.issuer, jwks_uri: `${issuer.issuer}${moved ? '/new' : '/old'}/keys` })(init),
      '/old/keys': (init) => (moved ? notFound : keys)(init),
      '/new/keys': keys,
    });
    const verifier = openVerifier(scene, {}, { fetch });
    await verifier.ready();
    moved = true;
    clock.advanceSeconds(500);
    await verifier.verify(issuer.token());
    await settle();
    expect(urls.at(-1)).toBe('https://issuer.test/old/keys');
    clock.advanceSeconds(2);
    await verifier.verify(issuer.token());
    await settle();
    expect(urls.at(-1)).toBe('https://issuer.test/new/keys');
    clock.advanceSeconds(300);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  });

  test('the introspection endpoint, after a call at the old place failed', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    let moved = false;
    const { fetch } = rerouteFetch(issuer, {
      [metadataPath]: () =>
        json({
          issuer: issuer.issuer,
          introspection_endpoint: `${issuer.issuer}${moved ? '/oauth2/introspection' : '/old'}`,
        })({}),
      '/old': notFound,
    });
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) }, { fetch });
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('503 introspection');
    moved = true;
    clock.advanceSeconds(1);
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('accepted');
  });

  test('metadata that could not be had is asked for again', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    issuer.fail('discovery', 'error500');
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 discovery');
    issuer.recover();
    clock.advanceSeconds(2);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  });

  test('but not to where untrusted metadata leads: 503', async () => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    await verifier.verify(issuer.opaqueToken());
    issuer.fail('introspection', 'error500');
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('503 introspection');
    issuer.recover();
    issuer.serveMetadata({ issuer: 'https://evil.test', introspection_endpoint: 'https://evil.test/ask' });
    clock.advanceSeconds(1);
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('503 discovery');
  });
});
