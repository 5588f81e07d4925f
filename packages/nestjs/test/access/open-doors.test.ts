import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { type Auth, ConnectAuthModule, CurrentAuth, OptionalAuth, Public, RequireUser } from '../../src/index.js';
import { answerOf, invalidRequest, invalidToken, issuerUnavailable, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type Http, openNest, platforms } from '../open-nest.js';
import { openProjects, projectsController } from '../open-projects.js';
import { openControllers } from '../organization/open-controllers.js';
import { rowController, rowPath } from '../row-controllers.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each(['onHandler', 'onClass'] as const)('%s alone', (place) => {
    describe.each([true, false])('in a module with global: %p', (global) => {
      const reached: unknown[] = [];
      let http: Http;
      beforeAll(async () => {
        const controllers = [Public(), OptionalAuth()].map((decorator, at) =>
          rowController(projectsController({ [place]: [decorator] }, reached), `Row${at}`, at),
        );
        ({ http } = await openControllers(platform, world, controllers, { global }));
      });
      beforeEach(() => {
        reached.length = 0;
      });
      const [publicPath, optionalPath] = [rowPath(0), rowPath(1)];

      test('@Public() asks for no token and looks at none', async () => {
        await http.get(publicPath).expect(200, { org: null });
        for (const token of [world.issuer.token(), world.issuer.flaws.expired(), 'x, y']) {
          await http.get(publicPath).set(bearer(token)).expect(200, { org: null });
        }
        expect(reached).toEqual([null, null, null, null]);
      });

      test('@OptionalAuth() lets pass who brings no token, as nobody; another scheme is no token', async () => {
        await http.get(optionalPath).expect(200, { org: null });
        await http.get(optionalPath).set('Authorization', 'Basic YTpi').expect(200, { org: null });
        const known = bearer(world.issuer.token({ org: 'org_B' }));
        for (const _time of ['first', 'second']) await http.get(optionalPath).set(known).expect(200, { org: 'org_B' });
        await http.get(optionalPath).expect(200, { org: null });
        expect(reached).toEqual([null, null, 'org_B', 'org_B', null]);
      });

      test('@OptionalAuth() refuses a token that is there and not good', async () => {
        const token = world.issuer.token();
        for (const [headers, expected] of [
          [bearer(world.issuer.flaws.expired()), invalidToken],
          [bearer('garbage'), invalidToken],
          [{ authorization: 'Bearer' }, invalidRequest],
          [bearer(`${token}, Bearer ${token}`), invalidRequest],
        ] as const) {
          expect(answerOf(await http.get(optionalPath).set(headers))).toEqual(expected);
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
