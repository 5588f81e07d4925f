import { ConfigurationError } from '@connect-auth/core';
import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth } from '../../src/index.js';
import { answerOf, invalidToken, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

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

describe.each([
  ['connectAuth()', connectAuth],
  ['connectAuth.optional()', connectAuth.optional],
])('%s', (_maker, make) => {
  test.each(expressVersions)('%s: takes the issuer from the environment', async (_name, express) => {
    setEnvironment(complete());
    const { app } = openApi(express, make());
    await request(app).get('/').set(bearer(issuer.token())).expect(200);
    await request(app).get('/').set(bearer(issuer.opaqueToken())).expect(200);
    expect(answerOf(await request(app).get('/').set(bearer(issuer.flaws.wrongAudience())))).toEqual(invalidToken);
  });

  test.each<[missing: string, environment: Environment, message: string]>([
    ['everything', {}, 'CONNECT_ISSUER, CONNECT_AUDIENCE are missing in the environment'],
    ['the issuer', { CONNECT_AUDIENCE: 'a' }, 'CONNECT_ISSUER is missing in the environment'],
    ['the audience', { CONNECT_ISSUER: 'https://a.test' }, 'CONNECT_AUDIENCE is missing in the environment'],
    [
      'all but the client id',
      { CONNECT_CLIENT_ID: 'a' },
      'CONNECT_ISSUER, CONNECT_AUDIENCE, CONNECT_CLIENT_SECRET are missing in the environment',
    ],
    [
      'the client id',
      { CONNECT_ISSUER: 'https://a.test', CONNECT_AUDIENCE: 'a', CONNECT_CLIENT_SECRET: 'b' },
      'CONNECT_CLIENT_ID is missing in the environment',
    ],
    [
      'a text in the audience',
      { CONNECT_ISSUER: 'https://a.test', CONNECT_AUDIENCE: '' },
      'CONNECT_AUDIENCE is missing in the environment',
    ],
  ])('without %s it throws when it is called, and names every variable', (_missing, environment, message) => {
    setEnvironment(environment);
    expect(() => make()).toThrow(
      new ConfigurationError(message.replace(/ (are|is) .*/, ''), message.replace(/.*? (?=are|is)/, '')),
    );
    expect(() => make()).toThrow(message);
  });

  test('an environment that is wrong is named when it is called', () => {
    setEnvironment({ ...complete(), CONNECT_INTROSPECTION_MODE: 'sometimes' });
    expect(() => make()).toThrow(/^introspection\.mode must be one of never, fallback, always$/);
  });

  test('the environment is read when it is called, not at each request', async () => {
    setEnvironment(complete());
    const middleware = make();
    setEnvironment({});
    const { app } = openApi(expressVersions[1]?.[1] as never, middleware);
    await request(app).get('/').set(bearer(issuer.token())).expect(200);
  });
});

test('options beside the environment replace what it says', async () => {
  const { issuer: inMemory, trust } = await openIssuer();
  setEnvironment({ CONNECT_ISSUER: inMemory.issuer, CONNECT_AUDIENCE: 'another' });
  const { app } = openApi(
    expressVersions[1]?.[1] as never,
    connectAuth({ audience: inMemory.audience, runtime: trust().runtime, realm: 'projects' }),
  );
  await request(app).get('/').set(bearer(inMemory.token())).expect(200);
  expect(answerOf(await request(app).get('/'))).toEqual({ ...missingToken, challenge: 'Bearer realm="projects"' });
});

test('with an issuer in the options the environment is not read at all', () => {
  setEnvironment({ CONNECT_ISSUER: 'not a url', CONNECT_AUDIENCE: issuer.audience });
  // @ts-expect-error: the audience is missing
  expect(() => connectAuth({ issuer: 'https://issuer.test' })).toThrow(/^audience is missing/);
  expect(() => connectAuth({ issuer: 'https://issuer.test', audience: 'a' })).not.toThrow();
});
