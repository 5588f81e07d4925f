import { ConfigurationError } from '@connect-auth/core';
import {
  incompleteEnvironments,
  listeningIssuer,
  ownEnvironment,
  setEnvironment,
} from '@connect-auth/test-kit/connect-environment';
import { describe, expect, test } from '@jest/globals';
import { ConnectAuthModule } from '../../src/index.js';
import { answerOf, inRealm, invalidToken, missingToken } from '../answers.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { projectsController } from '../open-projects.js';

ownEnvironment();
const listening = listeningIssuer();

const makers = [
  ['forRoot()', () => ConnectAuthModule.forRoot()],
  ['forRoot({ global: true })', () => ConnectAuthModule.forRoot({ global: true })],
  ['forRootAsync()', () => ConnectAuthModule.forRootAsync({ useFactory: () => ({}), global: true })],
] as const;

describe.each(makers)('%s', (maker, make) => {
  test.each(platforms)('%s: takes the issuer from the environment, read once', async (platform) => {
    setEnvironment(listening.environment);
    const { http } = await openNest(platform, { imports: [make()], controllers: [projectsController({})] });
    setEnvironment({});
    await http.get('/projects').set(bearer(listening.issuer.token())).expect(200);
    await http.get('/projects').set(bearer(listening.issuer.opaqueToken())).expect(200);
    if (maker === 'forRoot()') return; // Nothing is guarded there.
    expect(answerOf(await http.get('/projects').set(bearer(listening.issuer.flaws.wrongAudience())))).toEqual(
      invalidToken,
    );
  });

  test.each(incompleteEnvironments)(
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
  setEnvironment({ CONNECT_ISSUER: 'not a url', CONNECT_AUDIENCE: listening.issuer.audience });
  // @ts-expect-error: the audience is missing
  const half = ConnectAuthModule.forRoot({ issuer: 'https://issuer.test' });
  await expect(openNest('Express', { imports: [half] })).rejects.toThrow(/^audience is missing/);
  const whole = ConnectAuthModule.forRoot({ issuer: 'https://issuer.test', audience: 'a' });
  await expect(openNest('Express', { imports: [whole] })).resolves.toBeDefined();
});
