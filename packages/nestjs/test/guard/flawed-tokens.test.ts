import { flawNames } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, OptionalAuth, RequireScopes } from '../../src/index.js';
import { answerOf, invalidToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

const doors = [
  ['@UseGuards(ConnectAuthGuard)', UseGuards(ConnectAuthGuard)],
  ['@RequireScopes()', RequireScopes('projects:read')],
  ['@OptionalAuth()', OptionalAuth()],
] as const;

describe.each(platforms)('%s', (platform) => {
  describe.each(doors)('behind %s', (_name, door) => {
    let world: OpenIssuer;
    let nest: Awaited<ReturnType<typeof openProjects>>;
    beforeAll(async () => {
      world = await openIssuer();
      nest = await openProjects(platform, world.trust(), { onHandler: [door] });
    });

    test.each(flawNames)('%s: 401 invalid_token, and the handler is not reached', async (flaw) => {
      nest.reached.length = 0;
      const answers = [];
      for (const token of [world.issuer.flaws[flaw](), world.issuer.flaws[flaw]()]) {
        answers.push(answerOf(await nest.http.get('/projects').set(bearer(token))));
        answers.push(answerOf(await nest.http.get('/projects').set(bearer(token))));
      }
      expect(answers).toEqual(Array(4).fill(invalidToken));
      expect([nest.reached, nest.errors]).toEqual([[], []]);
    });

    test('after all flaws a good token is as good as before', async () => {
      await nest.http.get('/projects').set(bearer(world.issuer.token())).expect(200);
    });
  });

  test('every refusal of a token is the same to the byte, whatever was wrong with it', async () => {
    const { issuer, trust } = await openIssuer();
    const { http } = await openProjects(platform, { ...trust(), global: true });
    const texts = new Set<string>();
    for (const flaw of flawNames) texts.add((await http.get('/projects').set(bearer(issuer.flaws[flaw]()))).text);
    expect([...texts]).toEqual([JSON.stringify(invalidToken.body)]);
  });
});
