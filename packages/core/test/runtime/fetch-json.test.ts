import { describe, expect, test } from '@jest/globals';
import { jwksUriOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';
import { openDirect } from './direct-verifier.js';
import { json, rerouteFetch } from './rerouted-fetch.js';

describe('R8: a redirect', () => {
  test.each([
    ['in memory', undefined],
    ['on a port', { port: 0 }],
  ])('is not followed %s', async (_place, port) => {
    const { issuer, verifier } = await openDirect(port);
    issuer.fail('jwks', 'redirect');
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
    expect(issuer.requests).toMatchObject({ jwks: 1, other: 0 });
  });
});

describe('R8: a second try', () => {
  test.each(['reset', 'refused'] as const)('is made once when the connection is %s', async (mode) => {
    const { issuer, verifier } = await openDirect();
    issuer.fail('jwks', mode);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
    expect(issuer.requests.jwks).toBe(2);
  });

  test('is made on a port when the connection is reset, and is good enough', async () => {
    const { issuer, verifier } = await openDirect({ port: 0 });
    issuer.fail('jwks', 'reset');
    const release = issuer.hold('jwks');
    const verification = outcomeOf(verifier.verify(issuer.token()));
    await issuer.whenInFlight('jwks');
    release();
    await issuer.whenIdle('jwks');
    issuer.recover();
    expect(await verification).toBe('accepted');
    expect(issuer.requests.jwks).toBe(2);
  });

  test.each(['error500', 'html', 'empty', 'huge', 'redirect'] as const)('is not made after %s', async (mode) => {
    const { issuer, verifier } = await openDirect();
    issuer.fail('jwks', mode);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
    expect(issuer.requests.jwks).toBe(1);
  });

  test('is not made while the issuer is failing anyway', async () => {
    const { clock, issuer, verifier } = await openDirect();
    issuer.fail('jwks', 'reset');
    await outcomeOf(verifier.verify(issuer.token()));
    clock.advanceSeconds(6);
    await outcomeOf(verifier.verify(issuer.token()));
    expect(issuer.requests.jwks).toBe(3);
  });
});

test('a body that nobody wants is cancelled, so that it keeps no socket', async () => {
  const scene = await openIssuer();
  let cancelled = false;
  const cancel = () => {
    cancelled = true;
  };
  const failing = () => new Response(new ReadableStream({ cancel }), { status: 500 });
  const { fetch } = rerouteFetch(scene.issuer, { '/oauth2/jwks': failing });
  const verifier = openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) }, { fetch });
  expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('503 jwks');
  expect(cancelled).toBe(true);
});

test('the request asks for JSON, and says nothing else about this server', async () => {
  const scene = await openIssuer();
  const inits: RequestInit[] = [];
  const { fetch } = rerouteFetch(scene.issuer, {
    '/oauth2/jwks': (init) => {
      inits.push(init);
      return json(scene.issuer.keys.jwks())(init);
    },
  });
  await openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) }, { fetch }).ready();
  expect(inits).toEqual([{ headers: { accept: 'application/json' }, redirect: 'manual', signal: expect.anything() }]);
});
