import { findCurrentOrg } from '@connect-auth/isolation';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CallHandler,
  ConflictException,
  Controller,
  Get,
  type NestInterceptor,
  Param,
  UseInterceptors,
} from '@nestjs/common';
import { catchError, map, of } from 'rxjs';
import { OrgEgressInterceptor, OrgOwned, Owned } from '../../src/index.js';
import { answerOf } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { callerOf, openControllers } from '../organization/open-controllers.js';
import { findProject, type Project, projects } from '../organization/projects.js';
import { CachingInterceptor, leakBlocked, openLeaky, problemType } from './open-leaky.js';

/** Leaves out whose an object is. */
class ProjectingInterceptor implements NestInterceptor {
  intercept(_context: unknown, next: CallHandler) {
    return next.handle().pipe(map((answer: Record<string, unknown>) => ({ ...answer, org_id: undefined })));
  }
}

/** Answers in the place of whatever goes wrong within. */
class ForgivingInterceptor implements NestInterceptor {
  intercept(_context: unknown, next: CallHandler) {
    return next.handle().pipe(catchError(() => of({ forgiven: true })));
  }
}

@Controller()
class RootController {
  @Get('mine')
  mine() {
    return { org_id: findCurrentOrg(), secret: `of ${findCurrentOrg()}` };
  }

  /** Loads what the caller owns, whatever the path says: only the cache in front of it mixes up callers. */
  @Get('shared/:id')
  @OrgOwned({ type: 'project', load: () => findProject(findCurrentOrg()?.replace('org', 'p') ?? '') })
  one(@Owned() project: Project) {
    return project;
  }

  @Get('conflict/:of')
  conflict(@Param('of') org_id: string) {
    throw new ConflictException({ org_id });
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  const a = () => callerOf(world, 'org_A');
  const b = () => callerOf(world, 'org_B');

  test('a cache that serves A’s answer to B is stopped: the whole answer', async () => {
    const { http } = await openLeaky(platform, world, [RootController], {}, { inner: [new CachingInterceptor()] });
    await http.get('/mine').set(a()).expect(200, { org_id: 'org_A', secret: 'of org_A' });
    const { status, headers, text } = await http.get('/mine').set(b());
    expect([status, JSON.parse(text)]).toEqual([500, leakBlocked.body]);
    const { date: _date, connection: _connection, etag: _etag, 'keep-alive': _alive, ...others } = headers;
    expect(others).toEqual({
      'content-type': problemType(platform),
      'cache-control': 'no-store',
      vary: 'Authorization',
      'content-length': String(Buffer.byteLength(text)),
      ...(platform === 'Express' && { 'x-powered-by': 'Express' }),
    });
    await http.get('/mine').set(a()).expect(200, { org_id: 'org_A', secret: 'of org_A' });
  });

  test('an answer that lost its field within is known by the mark on what was loaded', async () => {
    const leaks: unknown[] = [];
    const options = { onLeak: (leak: unknown) => leaks.push(leak) };
    const inner = [new CachingInterceptor(), new ProjectingInterceptor()];
    const { http } = await openLeaky(platform, world, [RootController], options, { inner });
    const { org_id: _, ...rest } = projects.p_A as Project;
    await http.get('/shared/p_A').set(a()).expect(200, rest);
    expect(answerOf(await http.get('/shared/p_A').set(b()))).toEqual(leakBlocked);
    expect(leaks).toEqual([{ path: '(answer)', orgId: 'org_A' }]);
  });

  test('a cache in front of it is not seen by it: that is what outermost is for', async () => {
    class InsideController extends RootController {}
    UseInterceptors(new CachingInterceptor(), new OrgEgressInterceptor())(InsideController);
    Controller()(InsideController);
    const { http } = await openControllers(platform, world, [InsideController], { global: true });
    await http.get('/mine').set(a()).expect(200);
    await http.get('/mine').set(b()).expect(200, { org_id: 'org_A', secret: 'of org_A' });
  });

  test('nothing within it can forgive the leak', async () => {
    const inner = [new ForgivingInterceptor(), new CachingInterceptor()];
    const { http } = await openLeaky(platform, world, [RootController], {}, { inner });
    await http.get('/mine').set(a()).expect(200);
    expect(answerOf(await http.get('/mine').set(b()))).toEqual(leakBlocked);
  });

  test('an exception is the application’s: it is answered as it says', async () => {
    const { http } = await openLeaky(platform, world, [RootController]);
    await http.get('/conflict/org_A').set(a()).expect(409, { org_id: 'org_A' });
  });

  test('a refusal of the guard comes before it', async () => {
    const { http } = await openLeaky(platform, world, [RootController]);
    await http.get('/mine').expect(401);
  });
});
