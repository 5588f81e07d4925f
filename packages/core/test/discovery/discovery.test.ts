import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf, passTime, tally } from '../issuer/outcome.js';
import { json, notFound, type Route, rerouteFetch } from '../runtime/rerouted-fetch.js';

const oauthPath = '/.well-known/oauth-authorization-server';
const openidPath = '/.well-known/openid-configuration';

/** A verifier on a way to the issuer that the test has changed and watches. */
async function openWith(routes: (issuer: string) => Readonly<Record<string, Route>>, issuer = 'https://issuer.test') {
  const scene = await openIssuer({ issuer });
  const { fetch, urls } = rerouteFetch(scene.issuer, routes(scene.issuer.issuer));
  return { ...scene, urls, verifier: openVerifier(scene, {}, { fetch }) };
}

describe('the metadata is looked for', () => {
  test('where RFC 8414 has it, and found there no further', async () => {
    const { issuer, verifier, urls } = await openWith(() => ({}));
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(urls).toEqual([`https://issuer.test${oauthPath}`, 'https://issuer.test/oauth2/jwks']);
  });

  test.each([404, 403, 400, 410])('where OpenID Connect has it after %i', async (status) => {
    const { issuer, verifier, urls } = await openWith(() => ({ [oauthPath]: () => new Response('', { status }) }));
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(urls).toEqual([
      `https://issuer.test${oauthPath}`,
      `https://issuer.test${openidPath}`,
      'https://issuer.test/oauth2/jwks',
    ]);
  });

  test('before the path of the issuer, then behind it', async () => {
    const base = 'https://issuer.test/tenants/acme';
    const { issuer, verifier, urls } = await openWith(() => ({ [`${oauthPath}/tenants/acme`]: notFound }), base);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(urls).toEqual([
      `https://issuer.test${oauthPath}/tenants/acme`,
      `${base}${openidPath}`,
      `${base}/oauth2/jwks`,
    ]);
  });

  test('and where there is none, the keys are taken from the usual place', async () => {
    const { issuer, verifier, urls } = await openWith(() => ({ [oauthPath]: notFound, [openidPath]: notFound }));
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(urls.at(-1)).toBe('https://issuer.test/oauth2/jwks');
  });

  test('and where it names no keys, they are taken from the usual place', async () => {
    const { issuer, verifier } = await openWith((base) => ({ [oauthPath]: json({ issuer: base }) }));
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  });

  test('once, by callers for keys and callers for introspection together', async () => {
    const scene = await openIssuer();
    const { issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    const tokens = Array.from({ length: 20 }, (_, at) => (at % 2 ? issuer.token() : issuer.opaqueToken()));
    expect(await tally(tokens.map((token) => verifier.verify(token)))).toEqual({ accepted: 20 });
    expect(issuer.requests.discovery).toBe(1);
  });

  test('not at all where jwksUri is given', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { jwksUri: 'https://issuer.test/oauth2/jwks' });
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('accepted');
    expect(scene.issuer.requests.discovery).toBe(0);
  });
});

describe('the metadata is not believed, and it is 503', () => {
  const other = 'https://issuer.test/oauth2/jwks';
  test.each<[string, (issuer: string) => unknown]>([
    ['of another issuer', () => ({ issuer: 'https://evil.test', jwks_uri: other })],
    ['of this issuer with a slash', (issuer) => ({ issuer: `${issuer}/`, jwks_uri: other })],
    ['of this issuer in capitals', (issuer) => ({ issuer: issuer.toUpperCase(), jwks_uri: other })],
    ['of no issuer', () => ({ jwks_uri: other })],
    ['of issuers in a list', (issuer) => ({ issuer: [issuer], jwks_uri: other })],
    ['with keys over plain http', (issuer) => ({ issuer, jwks_uri: 'http://issuer.test/oauth2/jwks' })],
    ['with keys on this machine', (issuer) => ({ issuer, jwks_uri: 'http://127.0.0.1/oauth2/jwks' })],
    ['with keys in a file', (issuer) => ({ issuer, jwks_uri: 'file:///etc/keys.json' })],
    ['with keys under credentials', (issuer) => ({ issuer, jwks_uri: 'https://a:b@issuer.test/oauth2/jwks' })],
    ['with keys at no URL', (issuer) => ({ issuer, jwks_uri: 7 })],
    ['with introspection over plain http', (issuer) => ({ issuer, introspection_endpoint: 'http://issuer.test/i' })],
    ['that is null', () => null],
    ['that is a list', () => []],
  ])('%s', async (_what, metadata) => {
    const scene = await openIssuer();
    scene.issuer.serveMetadata(metadata(scene.issuer.issuer));
    const verifier = openVerifier(scene);
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('503 discovery');
    expect(scene.issuer.requests.jwks).toBe(0);
  });

  test.each(['error500', 'html', 'empty', 'redirect', 'reset', 'huge'] as const)('with %s', async (mode) => {
    const scene = await openIssuer();
    scene.issuer.fail('discovery', mode);
    const verifier = openVerifier(scene);
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('503 discovery');
    expect(scene.issuer.requests).toMatchObject({ jwks: 0, other: 0 });
  });

  test.each([408, 429, 503])('with the status %i, which says "not now" and not "not here"', async (status) => {
    const { issuer, verifier, urls } = await openWith(() => ({ [oauthPath]: () => new Response('', { status }) }));
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 discovery');
    expect(urls).toEqual([`https://issuer.test${oauthPath}`]);
  });

  test('with no answer', async () => {
    const scene = await openIssuer();
    scene.issuer.fail('discovery', 'hang');
    const verification = outcomeOf(openVerifier(scene).verify(scene.issuer.token()));
    await scene.issuer.whenInFlight('discovery');
    await passTime(scene.clock, 5);
    expect(await verification).toBe('503 discovery');
    await scene.issuer.whenIdle('discovery');
  });
});
