import { describe, expect, test } from '@jest/globals';
import { get, openIssuer, places } from '../open-issuer.js';

describe.each(places)('%s', (_place, options) => {
  test('held requests wait, are counted as under way, and go on when released', async () => {
    const issuer = await openIssuer(options);
    const release = issuer.hold('jwks');
    let answered = 0;
    const requests = Array.from({ length: 5 }, async () => {
      await (await get(issuer, '/oauth2/jwks')).json();
      answered += 1;
    });
    await issuer.whenInFlight('jwks', 5);
    await (await get(issuer, '/.well-known/openid-configuration')).json();
    expect([answered, issuer.inFlight('jwks'), issuer.inFlight('discovery')]).toEqual([0, 5, 0]);
    release();
    release();
    await Promise.all(requests);
    await issuer.whenIdle('jwks');
    expect([answered, issuer.peakInFlight('jwks'), issuer.peakInFlight('introspection')]).toEqual([5, 5, 0]);
    issuer.resetRequests();
    expect(issuer.peakInFlight('jwks')).toBe(0);
  });

  test('a held request ends with the signal', async () => {
    const issuer = await openIssuer(options);
    const release = issuer.hold('all');
    const client = new AbortController();
    const outcome = expect(get(issuer, '/oauth2/jwks', { signal: client.signal })).rejects.toBe('enough');
    await issuer.whenInFlight('jwks');
    client.abort('enough');
    await outcome;
    await issuer.whenIdle('jwks');
    release();
  });

  test('two holds on one endpoint both have to go', async () => {
    const issuer = await openIssuer(options);
    const [first, second] = [issuer.hold('jwks'), issuer.hold('all')];
    const request = get(issuer, '/oauth2/jwks');
    await issuer.whenInFlight('jwks');
    first();
    await Promise.resolve();
    expect(issuer.inFlight('jwks')).toBe(1);
    second();
    expect((await request).status).toBe(200);
  });
});
