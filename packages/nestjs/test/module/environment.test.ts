import { ConfigurationError } from '@connect-auth/core';
import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ConnectAuthModule } from '../../src/index.js';
import { answerOf, inRealm, invalidToken, missingToken } from '../answers.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { projectsController } from '../open-projects.js';

const names = [
  'CONNECT_ISSUER',
  'CONNECT_AUDIENCE',
  'CONNECT_JWKS_URI',
  'CONNECT_CLIENT_ID',
  'CONNECT_CLIENT_SECRET',
  'CONNECT_INTROSPECTION_ENDPOINT',
  'CONNECT_INTROSPECTION_MODE',
] as const;
type Environment = Partial<Record<(typeof names)[number], string>>;

const before = names.map((name) => [name, process.env[name]] as const);
const setEnvironment = (environment: Environment) => {
  for (const name of names) delete process.env[name];
  Object.assign(process.env, environment);
};

beforeEach(() => setEnvironment({}));
afterEach(() => setEnvironment(Object.fromEntries(before.filter(([, value]) => value !== undefined))));

// With no options there is no runtime to hand in: this issuer listens, and its clock is the process's.
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer({ port: 0, algorithm: 'ES256' });
});
afterAll(() => issuer.close());

const complete = (): Environment => ({
  CONNECT_ISSUER: issuer.issuer,
  CONNECT_AUDIENCE: issuer.audience,
  CONNECT_CLIENT_ID: issuer.client.clientId,
  CONNECT_CLIENT_SECRET: issuer.client.clientSecret,
});

const makers = [
  ['forRoot()', () => ConnectAuthModule.forRoot()],
  ['forRoot({ global: true })', () => ConnectAuthModule.forRoot({ global: true })],
  ['forRootAsync()', () => ConnectAuthModule.forRootAsync({ useFactory: () => ({}), global: true })],
] as const;

describe.each(makers)('%s', (maker, make) => {
  test.each(platforms)('%s: takes the issuer from the environment, read once', async (platform) => {
    setEnvironment(complete());
    const { http } = await openNest(platform, { imports: [make()], controllers: [projectsController({})] });
    setEnvironment({});
    await http.get('/projects').set(bearer(issuer.token())).expect(200);
    await http.get('/projects').set(bearer(issuer.opaqueToken())).expect(200);
    if (maker === 'forRoot()') return; // Nothing is guarded there.
    expect(answerOf(await http.get('/projects').set(bearer(issuer.flaws.wrongAudience())))).toEqual(invalidToken);
  });

  test.each<[missing: string, environment: Environment, message: string]>([
    ['everything', {}, 'CONNECT_ISSUER, CONNECT_AUDIENCE are missing in the environment'],
    ['the issuer', { CONNECT_AUDIENCE: 'a' }, 'CONNECT_ISSUER is missing in the environment'],
    ['the audience', { CONNECT_ISSUER: 'https://a.test' }, 'CONNECT_AUDIENCE is missing in the environment'],
    [
      'the client’s secret',
      { CONNECT_ISSUER: 'https://a.test', CONNECT_AUDIENCE: 'a', CONNECT_CLIENT_ID: 'b' },
      'CONNECT_CLIENT_SECRET is missing in the environment',
    ],
  ])(
    'without %s the application does not start, and every variable is named',
    async (_missing, environment, message) => {
      setEnvironment(environment);
      const starting = openNest('Express', { imports: [make()] });
      await expect(starting).rejects.toThrow(ConfigurationError);
      await expect(starting).rejects.toThrow(message);
    },
  );
});

test.each(platforms)('%s: options beside the environment replace what it says', async (platform) => {
  const world = await openIssuer();
  setEnvironment({ CONNECT_ISSUER: world.issuer.issuer, CONNECT_AUDIENCE: 'another' });
  const { audience } = world.issuer;
  const { runtime } = world.trust();
  const { http } = await openNest(platform, {
    imports: [ConnectAuthModule.forRoot({ audience, runtime, realm: 'projects', global: true })],
    controllers: [projectsController({})],
  });
  await http.get('/projects').set(bearer(world.issuer.token())).expect(200);
  expect(answerOf(await http.get('/projects'))).toEqual(inRealm('projects', missingToken));
});

test('with an issuer in the options the environment is not read at all', async () => {
  setEnvironment({ CONNECT_ISSUER: 'not a url', CONNECT_AUDIENCE: issuer.audience });
  // @ts-expect-error: the audience is missing
  const half = ConnectAuthModule.forRoot({ issuer: 'https://issuer.test' });
  await expect(openNest('Express', { imports: [half] })).rejects.toThrow(/^audience is missing/);
  const whole = ConnectAuthModule.forRoot({ issuer: 'https://issuer.test', audience: 'a' });
  await expect(openNest('Express', { imports: [whole] })).resolves.toBeDefined();
});
