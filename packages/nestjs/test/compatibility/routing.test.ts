import { beforeAll, describe, expect, test } from '@jest/globals';
import { All, Controller, Get, Head, Header, HttpCode, Options, Post, RequestMethod } from '@nestjs/common';
import { ConnectAuthModule, Public, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidToken, missingToken, withoutBody } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type NestSetup, openNest, platforms } from '../open-nest.js';

const reached: string[] = [];

@Controller('projects')
@RequireScopes('projects:read')
class ProjectsController {
  @Get()
  list() {
    reached.push('list');
    return [];
  }

  @Post()
  @HttpCode(200)
  @RequireScopes('projects:write')
  add() {
    reached.push('add');
  }

  @Head('head')
  head() {
    reached.push('head');
  }

  @Options('options')
  options() {
    reached.push('options');
  }

  @All('all')
  @Header('Cache-Control', 'public, max-age=60')
  all() {
    reached.push('all');
  }

  @Get('health')
  @Public()
  health() {}
}

let world: OpenIssuer;
let read: Record<string, string>;
beforeAll(async () => {
  world = await openIssuer();
  read = bearer(world.issuer.token({ scopes: ['projects:read'] }));
});

describe.each(platforms)('%s', (platform) => {
  const open = (prepare: NonNullable<NestSetup['prepare']>, global = false) =>
    openNest(platform, {
      imports: [ConnectAuthModule.forRoot({ ...world.trust(), global })],
      controllers: [ProjectsController],
      prepare,
    });

  test('with a global prefix', async () => {
    const { http } = await open((app) =>
      app.setGlobalPrefix('api/v0', { exclude: [{ path: 'projects/health', method: RequestMethod.GET }] }),
    );
    expect(answerOf(await http.get('/api/v0/projects'))).toEqual(missingToken);
    await http.get('/api/v0/projects').set(read).expect(200);
    expect(answerOf(await http.post('/api/v0/projects').set(read))).toEqual(insufficientScope('projects:write'));
    await http.get('/projects/health').expect(200);
  });

  test.each(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const)(
    '%s to a handler of all methods: refused without a good token, and reached once with one',
    async (method) => {
      const { http } = await open(() => undefined);
      const as = (answer: typeof missingToken) => (method === 'head' ? withoutBody(answer) : answer);
      reached.length = 0;
      expect(answerOf(await http[method]('/projects/all'))).toEqual(as(missingToken));
      const bad = await http[method]('/projects/all').set(bearer(world.issuer.flaws.tampered()));
      expect(answerOf(bad)).toEqual(as(invalidToken));
      expect(reached).toEqual([]);
      const good = await http[method]('/projects/all').set(read);
      expect([good.status < 300, good.headers['cache-control'], reached]).toEqual([
        true,
        'public, max-age=60',
        ['all'],
      ]);
    },
  );

  test('HEAD to a GET handler, and handlers of HEAD and OPTIONS, ask as much', async () => {
    const { http } = await open(() => undefined);
    reached.length = 0;
    expect(answerOf(await http.head('/projects'))).toEqual(withoutBody(missingToken));
    expect(answerOf(await http.head('/projects/head'))).toEqual(withoutBody(missingToken));
    expect(answerOf(await http.options('/projects/options'))).toEqual(missingToken);
    expect(reached).toEqual([]);
    await http.head('/projects').set(read).expect(200);
    await http.head('/projects/head').set(read).expect(200);
    await http.options('/projects/options').set(read).expect(200);
    expect(reached).toEqual(['list', 'head', 'options']);
  });

  test('a method override header changes nothing', async () => {
    const { http } = await open(() => undefined);
    const answer = await http.post('/projects').set({ ...read, 'X-HTTP-Method-Override': 'GET' });
    expect(answerOf(answer)).toEqual(insufficientScope('projects:write'));
  });

  test('a CORS preflight is answered before the guard; the request itself is not', async () => {
    const { http } = await open((app) => app.enableCors({ origin: 'https://app.test' }), true);
    const origin = 'https://app.test';
    const preflight = await http.options('/projects').set({
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, origin]);
    const answer = await http.get('/projects').set({ origin });
    expect(answerOf(answer)).toEqual(missingToken);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
  });

  test('a path that nobody serves is 404 with a global guard, too', async () => {
    const { http } = await open(() => undefined, true);
    await http.get('/nowhere').expect(404);
  });
});
