import { beforeEach, expect, test } from '@jest/globals';
import { get, manage, post } from '../kit/client.js';
import { open } from './open.js';

let asked: { endpoint: string; ip: string | undefined; path: string | undefined }[] = [];
let retryAfterSeconds: number | undefined;

const server = await open({
  rateLimit: ({ endpoint, ip, request }) => {
    asked.push({ endpoint, ip, path: request.url?.split('?', 1)[0] });
    return retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
  },
});

beforeEach(() => {
  asked = [];
  retryAfterSeconds = undefined;
});

const requests: [string, string, 'GET' | 'POST'][] = [
  ['authorize', '/oauth2/authorize', 'GET'],
  ['authorize', '/oauth2/authorize/abc', 'GET'],
  ['token', '/oauth2/token', 'POST'],
  ['token', '/OAuth2/Token/', 'POST'],
  ['introspection', '/oauth2/introspection', 'POST'],
  ['revocation', '/oauth2/revoke', 'POST'],
  ['metadata', '/oauth2/jwks', 'GET'],
  ['metadata', '/.well-known/openid-configuration', 'GET'],
  ['metadata', '/.well-known/oauth-authorization-server', 'GET'],
];

const send = (method: 'GET' | 'POST', path: string) =>
  method === 'GET' ? get(server, path) : post(server, path, { token: 'x' });

test.each(requests)(
  '%s: %s is asked about first, and answered 429 where it comes too often',
  async (endpoint, path, method) => {
    retryAfterSeconds = 2.4;
    const answer = await send(method, path);
    expect(asked).toEqual([{ endpoint, ip: '127.0.0.1', path }]);
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('cache-control')]).toEqual([
      429,
      '3',
      'no-store',
    ]);
    expect(answer.body).toEqual({ error: 'temporarily_unavailable', error_description: 'too many requests' });
    expect(answer.headers.get('x-request-id')).toMatch(/^request_/);
  },
);

test.each(requests)('%s: %s is let through else', async (endpoint, path, method) => {
  expect((await send(method, path)).status).not.toBe(429);
  expect(asked).toEqual([{ endpoint, ip: '127.0.0.1', path }]);
});

test('the management API is asked about before the key is looked at', async () => {
  retryAfterSeconds = 60;
  for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
    const answer = await manage(server, 'GET', '/organizations', undefined, headers);
    expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
      429,
      '60',
      { message: 'Too many requests.', code: 'rate_limit_exceeded' },
    ]);
  }
  expect(asked).toEqual(Array(2).fill({ endpoint: 'management', ip: '127.0.0.1', path: '/organizations' }));
});

test('health checks are never limited, since whoever balances would take the server out', async () => {
  retryAfterSeconds = 60;
  expect((await get(server, '/health/live')).status).toBe(200);
  expect((await get(server, '/health/ready')).status).toBe(200);
  expect(asked).toEqual([]);
});

test('the JWK Set at /sso/jwks is metadata too', async () => {
  await get(server, `/sso/jwks/${server.server.environmentClientId}`);
  expect(asked.map(({ endpoint }) => endpoint)).toEqual(['metadata']);
});

test('no wait is shorter than a second', async () => {
  retryAfterSeconds = 0;
  expect((await get(server, '/oauth2/jwks')).headers.get('retry-after')).toBe('1');
  expect((await manage(server, 'GET', '/organizations')).headers.get('retry-after')).toBe('1');
});

test('the address is what Express takes for it: behind a proxy that is trusted, the caller’s', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  await get(server, '/oauth2/jwks', forwarded);
  server.app.getHttpAdapter().getInstance().set('trust proxy', 1);
  await get(server, '/oauth2/jwks', forwarded);
  await manage(server, 'GET', '/organizations', undefined, forwarded);
  expect(asked.map(({ ip }) => ip)).toEqual(['127.0.0.1', '203.0.113.7', '203.0.113.7']);
});

test.each([undefined, null, false])('a limiter that answers %j lets everybody in', async (answer) => {
  const unlimited = await open({ rateLimit: async () => answer as undefined });
  expect((await get(unlimited, '/oauth2/jwks')).status).toBe(200);
  expect((await post(unlimited, '/oauth2/token', { grant_type: 'client_credentials' })).status).toBe(400);
  expect((await manage(unlimited, 'GET', '/organizations')).status).toBe(200);
});

test('a limiter that fails lets nobody in, and tells nobody why', async () => {
  const failing = await open({
    rateLimit: async () => {
      throw new Error('redis://secret@host');
    },
  });
  for (const answer of [
    await get(failing, '/oauth2/jwks'),
    await post(failing, '/oauth2/token', { grant_type: 'client_credentials' }),
    await manage(failing, 'GET', '/organizations'),
  ]) {
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('redis');
  }
});
