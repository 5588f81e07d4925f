import type { ServerResponse } from 'node:http';
import { OrgLeakError } from '@connect-auth/isolation';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Body, Controller, Get, Header, HttpCode, Post, Res } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { of } from 'rxjs';
import { ConnectAuthModule, OrgEgressInterceptor, Public } from '../../src/index.js';
import { answerOf } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { callerOf } from '../organization/open-controllers.js';
import { leakBlocked, openLeaky, problemType } from './open-leaky.js';

class Row {
  constructor(readonly id: number) {}

  toJSON() {
    return { id: this.id, org_id: 'org_B' };
  }
}

interface Reply {
  header(name: string, value: string): unknown;
  send(body: unknown): unknown;
}

@Controller()
class RootController {
  /** Whatever it is sent. */
  @Post('echo')
  @HttpCode(200)
  echo(@Body() body: unknown) {
    return body;
  }

  @Get('row')
  row() {
    return [new Row(1)];
  }

  @Get('observed')
  observed() {
    return of({ org_id: 'org_B' });
  }

  @Get('promised')
  @Header('ETag', '"b"')
  @Header('Cache-Control', 'public, max-age=600')
  async promised() {
    return { name: 'Borealis', org_id: 'org_B' };
  }

  @Get('passthrough')
  passthrough(@Res({ passthrough: true }) reply: Reply) {
    reply.header('Last-Modified', 'Sun, 22 Nov 2026 00:00:00 GMT');
    reply.header('Content-Disposition', 'attachment; filename="Borealis.json"');
    return { org_id: 'org_B' };
  }

  /** What a handler sends itself is not seen. */
  @Get('sent')
  sent(@Res() reply: Reply) {
    reply.send({ org_id: 'org_B' });
  }

  @Get('public')
  @Public()
  public() {
    return { org_id: 'org_A' };
  }

  @Get('varying')
  varying() {
    return {};
  }

  @Get('nothing')
  nothing() {}

  @Get('text')
  text() {
    return 'org_B';
  }
}

type App = Awaited<ReturnType<typeof openNest>>['app'];

const leaks: unknown[] = [];
let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});
beforeEach(() => {
  leaks.length = 0;
});

describe.each(platforms)('%s', (platform) => {
  let http: Awaited<ReturnType<typeof openLeaky>>['http'];
  beforeAll(async () => {
    const options = { onLeak: (leak: unknown) => leaks.push(leak), except: ['memberships'] };
    const varies = (request: { url?: string }, response: ServerResponse, next: () => void) => {
      if (request.url === '/varying') response.setHeader('Vary', 'Origin');
      next();
    };
    const prepare = (app: App) => app.use(varies);
    ({ http } = await openLeaky(platform, world, [RootController], options, { prepare }));
  });
  const a = () => callerOf(world, 'org_A');
  const echo = (body: object) => http.post('/echo').set(a()).send(body);

  test.each<[name: string, body: object]>([
    ['its own', { org_id: 'org_A', tasks: [{ orgId: 'org_A' }] }],
    ['nobody’s', { id: 1, org_id: null, organization: 'org_B' }],
    ['a list', [{ org_id: 'org_A' }, { id: 2 }]],
    ['an empty list', []],
    ['another’s below a name that is excepted', { memberships: [{ org_id: 'org_B' }] }],
  ])('%s is sent as it is', async (_name, body) => {
    await echo(body).expect(200, body);
    expect(leaks).toEqual([]);
  });

  test.each<[name: string, body: object, path: string]>([
    ['at the top', { org_id: 'org_B' }, 'org_id'],
    ['in a list', [{ org_id: 'org_A' }, { orgId: 'org_B' }], '[1].orgId'],
    [
      'in a list in an object',
      { items: [{ id: 1 }, { task: { organization_id: 'org_B' } }] },
      'items[1].task.organization_id',
    ],
    ['in lists of lists', [[[{ organizationId: 'org_B' }]]], '[0][0][0].organizationId'],
    ['among ids', { orgId: ['org_A', 'org_B'] }, 'orgId'],
    ['in another case', { org_id: 'ORG_A' }, 'org_id'],
  ])('another’s data %s is not sent', async (_where, body, path) => {
    const answer = await echo(body);
    expect(answerOf(answer)).toEqual(leakBlocked);
    expect(leaks).toEqual([{ path, orgId: /ORG_A/.test(JSON.stringify(body)) ? 'ORG_A' : 'org_B' }]);
    expect(JSON.stringify([answer.headers, answer.text])).not.toMatch(/org_[AB]/i);
  });

  test.each(['/row', '/observed', '/promised', '/passthrough'])('%s: however it is returned', async (path) => {
    expect(answerOf(await http.get(path).set(a()))).toEqual(leakBlocked);
    await http.get(path).set(callerOf(world, 'org_B')).expect(200);
    expect(leaks).toHaveLength(1);
  });

  test('nothing of the answer that was not sent is left in the headers of the other', async () => {
    for (const path of ['/promised', '/passthrough']) {
      const { headers, text } = await http.get(path).set(a());
      expect(JSON.parse(text)).toEqual(leakBlocked.body);
      expect(headers).toMatchObject({ 'content-type': problemType(platform), 'cache-control': 'no-store' });
      expect([headers.etag === '"b"', headers['last-modified'], headers['content-disposition']]).toEqual([
        false,
        undefined,
        undefined,
      ]);
    }
  });

  test('caches on the way are told that an answer is for its caller; a handler that says public is believed', async () => {
    const headersOf = async (path: string) => {
      const { headers } = await http.get(path).set(callerOf(world, 'org_B'));
      return [headers['cache-control'], headers.vary];
    };
    expect(await headersOf('/row')).toEqual(['private', 'Authorization']);
    expect(await headersOf('/promised')).toEqual(['public, max-age=600', 'Authorization']);
    expect(await headersOf('/varying')).toEqual(['private', 'Origin, Authorization']);
  });

  test('what is sent to nobody, or for no organization, may be no organization’s', async () => {
    expect(answerOf(await http.get('/public'))).toEqual(leakBlocked);
    expect(answerOf(await http.get('/promised').set(callerOf(world, null)))).toEqual(leakBlocked);
  });

  test('what is no object, and what a handler sends itself, is not looked through', async () => {
    await http.get('/nothing').set(a()).expect(200);
    await http.get('/text').set(a()).expect(200, 'org_B');
    await http.get('/sent').set(a()).expect(200, { org_id: 'org_B' });
  });

  test('put there by Nest, with the options of its defaults', async () => {
    const providers = [{ provide: APP_INTERCEPTOR, useClass: OrgEgressInterceptor }];
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true })];
    const nest = await openNest(platform, { imports, controllers: [RootController], providers });
    expect(answerOf(await nest.http.get('/promised').set(a()))).toEqual(leakBlocked);
    await nest.http.get('/promised').set(callerOf(world, 'org_B')).expect(200);
  });

  test('the error is for filters and logs: it names neither in what is enumerated', async () => {
    const caught: { getStatus(): number; cause: unknown }[] = [];
    const prepare = (app: App) =>
      app.useGlobalFilters({
        catch(error: never, host: { switchToHttp(): { getResponse(): unknown } }) {
          caught.push(error);
          app.getHttpAdapter().reply(host.switchToHttp().getResponse(), { own: 'words' }, 500);
        },
      });
    const nest = await openLeaky(platform, world, [RootController], {}, { prepare });
    const { body, headers } = await nest.http.get('/promised').set(a());
    expect([body, headers['cache-control']]).toEqual([{ own: 'words' }, 'no-store']);
    expect(caught).toHaveLength(1);
    expect(caught[0]?.getStatus()).toBe(500);
    const leak = caught[0]?.cause;
    if (!(leak instanceof OrgLeakError)) throw leak;
    expect([leak.foreignOrgId, leak.path]).toEqual(['org_B', 'org_id']);
    expect(JSON.stringify(caught[0])).not.toContain('org_B');
  });
});
