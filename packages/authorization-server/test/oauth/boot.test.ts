import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import { get, grant, post } from '../kit/client.js';
import { isActive } from './introspect.js';
import { expectHostRoutes, expectServes, hostModule, issue, openHost } from './open-host.js';

describe('beside the routes of an application', () => {
  test('the server answers its own, and the application what is left', async () => {
    const host = await openHost();
    await expectServes(host);
    await expectHostRoutes(host);
  });

  test('a global prefix moves the management API, and not the OAuth endpoints', async () => {
    const host = await openHost(hostModule(), (app) => app.setGlobalPrefix('api'));
    await expectServes(host, '/api');
    await expectHostRoutes(host, '/api');
    expect((await get(host, '/api/health/live')).status).toBe(200);
    expect((await post(host, '/api/oauth2/token', {})).status).toBe(404);
  });

  test('versioned routes do not move it either', async () => {
    const host = await openHost(hostModule(), (app) => app.enableVersioning());
    await expectServes(host);
  });

  test('body parsers of the application leave the bodies of the OAuth endpoints alone', async () => {
    const host = await openHost(hostModule(), (app) => {
      app.useBodyParser('json', { limit: '1kb' });
      app.useBodyParser('urlencoded', { extended: true, limit: '1kb' });
      app.useBodyParser('text');
    });
    await expectServes(host);
    await expectHostRoutes(host);
  });

  test('middleware that sets headers covers the application, and spoils nothing here', async () => {
    const host = await openHost(hostModule(), (app) =>
      app.use((_req: unknown, res: { setHeader(name: string, value: string): void }, next: () => void) => {
        res.setHeader('Content-Security-Policy', "default-src 'self'; form-action 'self'");
        next();
      }),
    );
    await expectServes(host);
    expect((await get(host, '/hello')).headers.get('content-security-policy')).toContain("default-src 'self'");
    const page = await get(host, '/oauth2/authorize', { accept: 'text/html' });
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  test('a guard of the whole application does not stand before the OAuth endpoints', async () => {
    const host = await openHost(hostModule(), (app) => app.useGlobalGuards({ canActivate: () => false }));
    expect((await get(host, '/hello')).status).toBe(403);
    expect((await get(host, '/oauth2/jwks')).status).toBe(200);
  });
});

// The second application has the first one's data.
(await describeOnPostgres(describe, 'an application without body parsers'))(
  'beside an application without body parsers',
  () => {
    test('it works without any body parser as well', async () => {
      const withParser = await openHost();
      const { m2m, token } = await issue(withParser, '');
      const host = await openHost(hostModule(), () => undefined, { bodyParser: false });
      expect(await isActive(host, m2m, token)).toBe(true);
      expect(await grant(host, m2m)).toEqual(expect.any(String));
    });
  },
);
