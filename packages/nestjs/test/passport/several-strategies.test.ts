import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import passport from 'passport';
import { ConnectAuthModule } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { portOf } from '../open-nest.js';
import { apiKey, openStrategies as openWithStrategies } from './open-strategies.js';

// A name is worth nothing while two applications of the process want it.
let close = async (): Promise<void> => {};
afterEach(() => close());

async function openStrategies(...setup: Parameters<typeof openWithStrategies>) {
  const opened = await openWithStrategies(...setup);
  close = () => opened.app.close();
  return opened;
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each([[['connect', 'api-key']], [['api-key', 'connect']]])('AuthGuard(%j)', (strategies) => {
  const open = () => openStrategies(strategies, [ConnectAuthModule.forRoot(world.trust())]);

  test('either way leads in', async () => {
    const { http } = await open();
    const byToken = await http.get('/projects').set(bearer(world.issuer.token({ client: 'client_a' })));
    expect([byToken.status, byToken.body]).toEqual([200, { user: 'client_a', current: 'client_a' }]);
    const byKey = await http.get('/projects').set('x-api-key', apiKey);
    expect([byKey.status, byKey.body]).toEqual([200, { user: 'keyed' }]);
  });

  test('neither: 401 under the challenge', async () => {
    const { http } = await open();
    const { status, headers } = await http.get('/projects').set('x-api-key', 'key_2');
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer realm="api"']);
  });
});

test('modules with names of their own keep their issuers apart', async () => {
  const other = await openIssuer({ issuer: 'https://other.test' });
  const modules = [
    ConnectAuthModule.forRoot({ ...world.trust(), passportStrategy: 'ours' }),
    ConnectAuthModule.forRoot({ ...other.trust(), passportStrategy: 'theirs', realm: 'theirs' }),
  ];
  const { http } = await openStrategies('theirs', modules);
  expect((await http.get('/projects').set(bearer(other.issuer.token()))).status).toBe(200);
  const refused = await http.get('/projects').set(bearer(world.issuer.token()));
  expect([refused.status, refused.headers['www-authenticate']]).toEqual([
    401,
    'Bearer realm="theirs", error="invalid_token", error_description="The access token is not valid"',
  ]);
});

test('where two applications have one name, nobody is let in by it, until one of them is gone', async () => {
  const first = await openStrategies('connect', [ConnectAuthModule.forRoot(world.trust())]);
  const second = await openStrategies('connect', [ConnectAuthModule.forRoot(world.trust())]);
  const token = world.issuer.token();
  const statuses = async () => [
    (await first.http.get('/projects').set(bearer(token))).status,
    (await second.http.get('/projects').set(bearer(token))).status,
  ];
  expect(await statuses()).toEqual([500, 500]);
  await first.app.close();
  expect((await second.http.get('/projects').set(bearer(token))).status).toBe(200);
});

test('an application that did not start leaves the name to the next one', async () => {
  const down = await openIssuer();
  down.issuer.stop();
  const failing = openStrategies('connect', [ConnectAuthModule.forRoot({ ...down.trust(), waitForKeys: true })]);
  await expect(failing).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
  const { http } = await openStrategies('connect', [ConnectAuthModule.forRoot(world.trust())]);
  expect((await http.get('/projects').set(bearer(world.issuer.token()))).status).toBe(200);
});

test('where two modules have one name, nobody is let in by it', async () => {
  const other = await openIssuer({ issuer: 'https://other.test' });
  const modules = [ConnectAuthModule.forRoot(world.trust()), ConnectAuthModule.forRoot(other.trust())];
  const { http, errors } = await openStrategies('connect', modules);
  for (const { issuer } of [world, other]) {
    expect((await http.get('/projects').set(bearer(issuer.token()))).status).toBe(500);
  }
  expect(errors).toEqual([expect.objectContaining({ option: 'passportStrategy' }), expect.anything()]);
});

test('the name is free again when the application has shut down', async () => {
  const { app } = await openStrategies('brief', [
    ConnectAuthModule.forRoot({ ...world.trust(), passportStrategy: 'brief' }),
  ]);
  const strategies = passport as unknown as { _strategy(name: string): unknown };
  expect(strategies._strategy('brief')).toBeDefined();
  await app.close();
  expect(strategies._strategy('brief')).toBeUndefined();
});

test('on Fastify two Authorization headers are as wrong as on Express', async () => {
  const { app } = await openStrategies('connect', [ConnectAuthModule.forRoot(world.trust())], 'Fastify');
  const good = `Bearer ${world.issuer.token()}`;
  const headers = ['host', 'localhost', 'authorization', good, 'authorization', 'Bearer other'];
  const asked = request({ host: '127.0.0.1', port: portOf(app), path: '/projects', headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(400);
});
