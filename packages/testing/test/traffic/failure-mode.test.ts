import { describe, expect, test } from '@jest/globals';
import { failureModes } from '../issuer-tables.js';
import { get, introspect, openIssuer, places, post, secretOf } from '../open-issuer.js';

const JWKS = '/oauth2/jwks';

describe.each(places)('%s', (_place, options) => {
  const onPort = options.port !== undefined;

  test('error500, html and empty answer, and say so', async () => {
    const issuer = await openIssuer(options);
    issuer.fail('jwks', 'error500');
    expect((await get(issuer, JWKS)).status).toBe(500);
    issuer.fail('jwks', 'html');
    const html = await get(issuer, JWKS);
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await html.text()).toContain('<!doctype html>');
    issuer.fail('jwks', 'empty');
    const empty = await get(issuer, JWKS);
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    issuer.recover('jwks');
    expect((await get(issuer, JWKS)).status).toBe(200);
  });

  test('hang ends with the signal, and the issuer sees the client go', async () => {
    const issuer = await openIssuer(options);
    issuer.fail('jwks', 'hang');
    const client = new AbortController();
    const request = get(issuer, JWKS, { signal: client.signal });
    const outcome = expect(request).rejects.toBe('enough');
    await issuer.whenInFlight('jwks');
    client.abort('enough');
    await outcome;
    await issuer.whenIdle('jwks');
  });

  test('slowDrip gives a byte and ends with the signal, and the issuer sees the client go', async () => {
    const issuer = await openIssuer(options);
    issuer.fail('jwks', 'slowDrip');
    const client = new AbortController();
    const response = await get(issuer, JWKS, { signal: client.signal });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^\{/);
    expect(issuer.inFlight('jwks')).toBe(1);
    const rest = (async () => {
      while (!(await reader?.read())?.done);
    })();
    const outcome = expect(rest).rejects.toBe('enough');
    client.abort('enough');
    await outcome;
    await issuer.whenIdle('jwks');
  });

  test('slowDrip ends with the cancelled body, too', async () => {
    const issuer = await openIssuer(options);
    issuer.fail('jwks', 'slowDrip');
    const reader = (await get(issuer, JWKS)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await issuer.whenIdle('jwks');
  });

  test('reset breaks the connection', async () => {
    const issuer = await openIssuer(options);
    issuer.fail('introspection', 'reset');
    const request = post(issuer, '/oauth2/introspection', secretOf(issuer));
    await expect(request).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    await issuer.whenIdle('introspection');
  });

  test.each(['huge', 'hugeGzip'] as const)('%s is 64 MiB of JSON', async (mode) => {
    const issuer = await openIssuer(options);
    issuer.fail('jwks', mode);
    const response = await get(issuer, JWKS);
    expect(response.headers.get('content-encoding')).toBe(mode === 'hugeGzip' ? 'gzip' : null);
    let bytes = 0;
    let head = '';
    for await (const chunk of response.body ?? []) {
      if (bytes === 0) head = Buffer.from(chunk).toString();
      bytes += chunk.length;
    }
    expect(head).toMatch(/^\{"keys":\[/);
    expect(bytes).toBeGreaterThan(64 * 1024 * 1024);
    await issuer.whenIdle('jwks');
  });

  test('a client may leave huge after the first piece', async () => {
    const issuer = await openIssuer(options);
    issuer.fail('jwks', 'huge');
    const reader = (await get(issuer, JWKS)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await issuer.whenIdle('jwks');
  });

  test('redirect is seen, and who follows it is answered and counted', async () => {
    const issuer = await openIssuer(options);
    issuer.fail('all', 'redirect');
    const seen = await get(issuer, JWKS, { redirect: 'manual' });
    expect([seen.status, seen.headers.get('location')]).toEqual([302, '/elsewhere/oauth2/jwks']);
    await expect(get(issuer, JWKS, { redirect: 'error' })).rejects.toThrow('fetch failed');
    expect(issuer.requests.other).toBe(0);
    expect(await (await get(issuer, JWKS)).json()).toEqual(issuer.keys.jwks());
    expect(await introspect(issuer, issuer.token())).toMatchObject({ active: true });
    expect(issuer.requests).toMatchObject({ jwks: 3, introspection: 1, other: 2 });
  });

  test('refused is for memory', async () => {
    const issuer = await openIssuer(options);
    if (onPort) return expect(() => issuer.fail('jwks', 'refused')).toThrow('use stop()');
    issuer.fail('jwks', 'refused');
    await expect(get(issuer, JWKS)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    expect(issuer.requests.jwks).toBe(1);
  });

  test('all fails the four endpoints, one fails one, recover ends it', async () => {
    const issuer = await openIssuer(options);
    const statuses = async () => [
      (await get(issuer, '/.well-known/openid-configuration')).status,
      (await get(issuer, JWKS)).status,
      (await post(issuer, '/oauth2/token', { grant_type: 'client_credentials', ...secretOf(issuer) })).status,
      (await post(issuer, '/oauth2/introspection', { token: 'x', ...secretOf(issuer) })).status,
      (await get(issuer, '/other')).status,
    ];
    issuer.fail('all', 'error500');
    expect(await statuses()).toEqual([500, 500, 500, 500, 404]);
    issuer.recover('jwks');
    expect(await statuses()).toEqual([500, 200, 500, 500, 404]);
    issuer.recover();
    expect(await statuses()).toEqual([200, 200, 200, 200, 404]);
  });
});

test('every mode is listed', () => {
  expect([...failureModes].sort()).toEqual([
    'empty',
    'error500',
    'hang',
    'html',
    'huge',
    'hugeGzip',
    'redirect',
    'refused',
    'reset',
    'slowDrip',
  ]);
});
