import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import { get, grant, post } from '../kit/client.js';
import { isActive } from './introspect.js';
import { openStorage } from './open.js';

const storage = (await hasPostgres()) ? await openStorage() : ({ kind: 'pglite' } as const);
const options: AuthorizationServerOptions = {
  issuer: 'http://localhost:3000',
  storage,
  keys: { algorithm: 'ES256', encryptionKey: 'ab'.repeat(32) },
  management: { apiKey },
  audit: { operator: [{ name: 'nowhere', write: async () => undefined }] },
};

const opened: INestApplicationContext[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

/** What an application has besides: routes, some of them near the server's. */
@Controller()
class HostController {
  @Get('hello')
  hello() {
    return { hello: 'world' };
  }

  @Post('echo')
  echo(@Body() body: unknown) {
    return { body };
  }

  @Get('oauth2/mine')
  mine() {
    return { mine: true };
  }

  @Get('.well-known/security.txt')
  security() {
    return 'Contact: mailto:a@b.test';
  }
}

function hostModule(
  imports: ModuleMetadata['imports'] = [AuthorizationServerModule.forRoot(options)],
  providers: ModuleMetadata['providers'] = [],
) {
  class HostModule {}
  Module({ imports, controllers: [HostController], providers })(HostModule);
  return HostModule;
}

/** The host application; `prepare` is what its `main.ts` does before it listens. */
async function openHost(
  module = hostModule(),
  prepare: (app: NestExpressApplication) => unknown = () => undefined,
  nestOptions = {},
): Promise<TestServer> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: false,
    abortOnError: false,
    forceCloseConnections: true,
    ...nestOptions,
  });
  return listen(app, prepare);
}

async function listen(
  app: NestExpressApplication,
  prepare: (app: NestExpressApplication) => unknown = () => undefined,
) {
  opened.push(app);
  await prepare(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  return {
    app,
    server: app.get(AuthorizationServer),
    issuer,
    events: [],
    log: [],
    database: undefined,
    close: () => app.close(),
  };
}

async function expectServes(host: TestServer, prefix = '') {
  const { m2m, token } = await issue(host, prefix);
  expect(await isActive(host, m2m, token)).toBe(true);
  expect((await get(host, '/.well-known/oauth-authorization-server')).body.issuer).toBe(options.issuer);
  expect((await get(host, '/oauth2/jwks')).body.keys.length).toBeGreaterThan(1);
  expect((await get(host, '/oauth2/authorize', { accept: 'text/html' })).status).toBe(400);
}

/** @param prefix what stands before the routes of the management API */
async function issue(host: TestServer, prefix: string) {
  const m2m = await createM2m({ ...host, issuer: host.issuer + prefix });
  const token = await grant(host, m2m);
  return { m2m, token };
}

async function expectHostRoutes(host: TestServer, prefix = '') {
  expect((await get(host, `${prefix}/hello`)).body).toEqual({ hello: 'world' });
  expect((await get(host, `${prefix}/oauth2/mine`)).body).toEqual({ mine: true });
  expect((await get(host, `${prefix}/.well-known/security.txt`)).body).toContain('Contact');
  expect((await manage(host, 'POST', `${prefix}/echo`, { a: [1] })).body).toEqual({ body: { a: [1] } });
  expect((await post(host, `${prefix}/echo`, { a: 'b' })).body).toEqual({ body: { a: 'b' } });
  expect((await get(host, `${prefix}/nothing`)).status).toBe(404);
}

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
