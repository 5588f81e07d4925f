import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { type Auth, ConnectAuthModule, CurrentAuth, OptionalAuth, Public, RequireUser } from '../../src/index.js';
import { answerOf, invalidRequest, invalidToken, issuerUnavailable, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each(['onHandler', 'onClass'] as const)('%s alone', (place) => {
    describe.each([true, false])('in a module with global: %p', (global) => {
      test('@Public() asks for no token and looks at none', async () => {
        const { http, reached } = await openProjects(platform, { ...world.trust(), global }, { [place]: [Public()] });
        await http.get('/projects').expect(200, { org: null });
        for (const token of [world.issuer.token(), world.issuer.flaws.expired(), 'x, y']) {
          await http.get('/projects').set(bearer(token)).expect(200, { org: null });
        }
        expect(reached).toEqual([null, null, null, null]);
      });

      test('@OptionalAuth() lets pass who brings no token, as nobody; another scheme is no token', async () => {
        const options = { ...world.trust(), global };
        const { http, reached } = await openProjects(platform, options, { [place]: [OptionalAuth()] });
        await http.get('/projects').expect(200, { org: null });
        await http.get('/projects').set('Authorization', 'Basic YTpi').expect(200, { org: null });
        const known = bearer(world.issuer.token({ org: 'org_B' }));
        for (const _time of ['first', 'second']) await http.get('/projects').set(known).expect(200, { org: 'org_B' });
        await http.get('/projects').expect(200, { org: null });
        expect(reached).toEqual([null, null, 'org_B', 'org_B', null]);
      });

      test('@OptionalAuth() refuses a token that is there and not good', async () => {
        const options = { ...world.trust(), global };
        const { http, reached } = await openProjects(platform, options, { [place]: [OptionalAuth()] });
        const token = world.issuer.token();
        for (const [headers, expected] of [
          [bearer(world.issuer.flaws.expired()), invalidToken],
          [bearer('garbage'), invalidToken],
          [{ authorization: 'Bearer' }, invalidRequest],
          [bearer(`${token}, Bearer ${token}`), invalidRequest],
        ] as const) {
          expect(answerOf(await http.get('/projects').set(headers))).toEqual(expected);
        }
        expect(reached).toEqual([]);
      });
    });
  });

  test('@OptionalAuth() with an issuer that is down: 503 for who brings a token, and nobody is let in for it', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const { http, reached } = await openProjects(platform, trust(), { onHandler: [OptionalAuth()] });
    const answer = await http.get('/projects').set(bearer(issuer.token()));
    expect([answerOf(answer), reached]).toEqual([issuerUnavailable('1'), []]);
    await http.get('/projects').expect(200, { org: null });
  });

  test('@CurrentAuth() behind @OptionalAuth() is undefined for nobody', async () => {
    const seen: unknown[] = [];
    @Controller()
    class RootController {
      @Get()
      @OptionalAuth()
      show(@CurrentAuth() auth: Auth | undefined) {
        seen.push(auth?.subject);
      }
    }
    const imports = [ConnectAuthModule.forRoot({ ...world.trust() })];
    const { http } = await openNest(platform, { imports, controllers: [RootController] });
    for (const headers of [{}, bearer(world.issuer.token({ client: 'client_7' })), {}])
      await http.get('/').set(headers);
    expect(seen).toEqual([undefined, 'client_7', undefined]);
  });

  test('a handler that says nothing, in a module that guards nothing, is open; with global: true it is closed', async () => {
    const open = await openProjects(platform, world.trust());
    await open.http.get('/projects').expect(200, { org: null });
    const closed = await openProjects(platform, { ...world.trust(), global: true });
    expect([answerOf(await closed.http.get('/projects')), closed.reached]).toEqual([missingToken, []]);
  });

  test('one open handler opens no other', async () => {
    @Controller()
    class RootController {
      @Get('open')
      @Public()
      open() {}

      @Get('closed')
      @RequireUser()
      closed() {}

      @Get('silent')
      silent() {}
    }
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true })];
    const { http } = await openNest(platform, { imports, controllers: [RootController] });
    const statuses = [];
    for (const path of ['/open', '/closed', '/silent', '/open']) statuses.push((await http.get(path)).status);
    expect(statuses).toEqual([200, 401, 401, 200]);
  });
});
