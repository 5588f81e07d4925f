import { describe, expect, test } from '@jest/globals';
import { createTestIssuer } from '../../src/index.js';
import { get, openIssuer, places } from '../open-issuer.js';

const JWKS = '/oauth2/jwks';

describe.each(places)('%s', (_place, options) => {
  test('stop refuses and breaks what is under way, start accepts again at the same place', async () => {
    const issuer = await openIssuer(options);
    const release = issuer.hold('jwks');
    const held = expect(get(issuer, JWKS)).rejects.toThrow('fetch failed');
    await issuer.whenInFlight('jwks');
    await issuer.stop();
    await held;
    await issuer.whenIdle('jwks');
    release();
    await expect(get(issuer, JWKS)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await issuer.stop();
    await issuer.start();
    await issuer.start();
    expect((await get(issuer, JWKS)).status).toBe(200);
  });

  test('a signal that has aborted already sends nothing', async () => {
    const issuer = await openIssuer(options);
    const reason = new Error('too late');
    await expect(get(issuer, JWKS, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(issuer.requests.total).toBe(0);
  });

  test('close may be called twice', async () => {
    const issuer = await openIssuer(options);
    await get(issuer, JWKS);
    await issuer.close();
    await issuer.close();
    // A handle leaves the list at the end of the turn of the event loop in which it was closed.
    for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate);
    expect(process.getActiveResourcesInfo()).not.toContain('TCPServerWrap');
    await expect(get(issuer, JWKS)).rejects.toThrow('fetch failed');
  });
});

test('in memory, a URL of another origin is refused', async () => {
  const issuer = await openIssuer();
  for (const url of ['https://elsewhere.test/oauth2/jwks', 'http://issuer.test/oauth2/jwks']) {
    const request = issuer.runtime.fetch(url, {});
    await expect(request).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
  }
  expect(issuer.requests.total).toBe(0);
});

test('on a port, the issuer is the origin, and a port in use is an error', async () => {
  const issuer = await openIssuer({ port: 0 });
  expect(issuer.issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const port = Number(new URL(issuer.issuer).port);
  await expect(createTestIssuer({ port, algorithm: 'ES256' })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await expect(createTestIssuer({ port: 0, issuer: 'https://x.test' })).rejects.toThrow('leave out either');
});
