import { ConfigurationError } from '@connect-auth/core';
import {
  incompleteEnvironments,
  listeningIssuer,
  ownEnvironment,
  setEnvironment,
} from '@connect-auth/test-kit/connect-environment';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth } from '../../src/index.js';
import { answerOf, invalidToken, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

ownEnvironment();
const listening = listeningIssuer();

describe.each([
  ['connectAuth()', connectAuth],
  ['connectAuth.optional()', connectAuth.optional],
])('%s', (_maker, make) => {
  test.each(expressVersions)('%s: takes the issuer from the environment', async (_name, express) => {
    setEnvironment(listening.environment);
    const { app } = openApi(express, make());
    await request(app).get('/').set(bearer(listening.issuer.token())).expect(200);
    await request(app).get('/').set(bearer(listening.issuer.opaqueToken())).expect(200);
    expect(answerOf(await request(app).get('/').set(bearer(listening.issuer.flaws.wrongAudience())))).toEqual(
      invalidToken,
    );
  });

  test.each(incompleteEnvironments)(
    'without %s it throws when it is called, and names every variable',
    (_missing, environment, message) => {
      setEnvironment(environment);
      expect(() => make()).toThrow(
        new ConfigurationError(message.replace(/ (are|is) .*/, ''), message.replace(/.*? (?=are|is)/, '')),
      );
      expect(() => make()).toThrow(message);
    },
  );

  test('an environment that is wrong is named when it is called', () => {
    setEnvironment({ ...listening.environment, CONNECT_INTROSPECTION_MODE: 'sometimes' });
    expect(() => make()).toThrow(/^introspection\.mode must be one of never, fallback, always$/);
  });

  test('the environment is read when it is called, not at each request', async () => {
    setEnvironment(listening.environment);
    const middleware = make();
    setEnvironment({});
    const { app } = openApi(expressVersions[1]?.[1] as never, middleware);
    await request(app).get('/').set(bearer(listening.issuer.token())).expect(200);
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
  setEnvironment({ CONNECT_ISSUER: 'not a url', CONNECT_AUDIENCE: listening.issuer.audience });
  // @ts-expect-error: the audience is missing
  expect(() => connectAuth({ issuer: 'https://issuer.test' })).toThrow(/^audience is missing/);
  expect(() => connectAuth({ issuer: 'https://issuer.test', audience: 'a' })).not.toThrow();
});
