import { type AuditEvent, createAuditTrail, functionSink } from '@connect-auth/audit';
import { ConfigurationError, requireScopes } from '@connect-auth/core';
import { crossOrg, UnknownReferenceError } from '@connect-auth/isolation';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { BadRequestException, Controller, Get } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { from, throwError } from 'rxjs';
import { type Auth, AuthErrorInterceptor, ConnectAuthModule, CurrentAuth, OrgId } from '../../src/index.js';
import { answerOf, inRealm, insufficientScope, serverError } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, type Platform, platforms } from '../open-nest.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const databaseError = Object.assign(new Error('a key of the table'), { code: '23503' });

@Controller()
class Throwing {
  @Get('scope')
  scope(@CurrentAuth() auth: Auth) {
    requireScopes(auth, 'admin');
  }

  @Get('cross')
  async cross(@OrgId() _orgId: string) {
    await crossOrg({ orgs: ['org_A'], reason: 'test', grant: 'all', audit }, async () => 1);
  }

  @Get('reference')
  async reference() {
    throw databaseError;
  }

  @Get('stream')
  stream() {
    return throwError(() => databaseError);
  }

  @Get('other')
  other() {
    return from(Promise.reject(new Error('secret')));
  }

  @Get('http')
  http() {
    throw new BadRequestException('mine');
  }
}

let audit: ReturnType<typeof createAuditTrail>;

async function open(platform: Platform, interceptor = new AuthErrorInterceptor({ refusalOf }), answers: object = {}) {
  const events: AuditEvent[] = [];
  audit = createAuditTrail({ sinks: [functionSink(async (event) => void events.push(event))] });
  const { http } = await openNest(platform, {
    imports: [ConnectAuthModule.forRoot({ ...world.trust(), global: true, audit, ...answers })],
    controllers: [Throwing],
    providers: [{ provide: APP_INTERCEPTOR, useValue: interceptor }],
  });
  const token = bearer(world.issuer.token({ org: 'org_A', scopes: ['read'] }));
  return { get: async (path: string) => answerOf(await http.get(path).set(token)), events };
}

const refusalOf = (error: unknown) => (error === databaseError ? new UnknownReferenceError() : undefined);

const unknownReference = {
  status: 422,
  contentType: 'application/problem+json; charset=utf-8',
  cacheControl: 'no-store',
  challenge: undefined,
  retryAfter: undefined,
  body: {
    type: 'about:blank',
    title: 'Unprocessable Content',
    status: 422,
    detail: 'The request refers to something that does not exist',
  },
};

describe.each(platforms)('%s', (platform) => {
  test('what handlers and services throw of this suite is answered as guards answer it', async () => {
    const { get } = await open(platform);
    expect(await get('/scope')).toEqual(insufficientScope('admin'));
    const crossed = await get('/cross');
    expect([crossed.status, crossed.challenge]).toEqual([403, expect.stringContaining('scope="all"')]);
  });

  test('what is read as a refusal is answered as that, also of an Observable, and is on record', async () => {
    const { get, events } = await open(platform);
    expect(await get('/reference')).toEqual(unknownReference);
    expect(await get('/stream')).toEqual(unknownReference);
    await audit.flush();
    expect(events.map(({ decision, reason }) => [decision, reason])).toEqual([
      ['deny', 'unknown_reference'],
      ['deny', 'unknown_reference'],
    ]);
  });

  test('all other errors go on, and say no more than before', async () => {
    const { get } = await open(platform);
    expect(await get('/other')).toEqual(serverError);
    expect(await get('/http')).toMatchObject({ status: 400, body: { message: 'mine' } });
  });

  test('names in challenges what the module names, unless it is told', async () => {
    const resourceMetadata = 'https://api.example/.well-known/oauth-protected-resource';
    const answers = { realm: 'projects', resourceMetadata };
    const { get } = await open(platform, undefined, answers);
    const { challenge } = await get('/scope');
    expect(challenge).toContain('Bearer realm="projects"');
    expect(challenge).toContain(`resource_metadata="${resourceMetadata}"`);
    const told = await open(platform, new AuthErrorInterceptor({ realm: 'mine' }), answers);
    expect((await told.get('/scope')).challenge).toContain('Bearer realm="mine"');
  });

  test('has a realm of its own', async () => {
    const { get } = await open(platform, new AuthErrorInterceptor({ realm: 'projects' }));
    expect(await get('/scope')).toEqual(inRealm('projects', insufficientScope('admin')));
    expect(await get('/reference')).toEqual(serverError);
  });
});

test.each([[{ refusalOf: 'orgRefusalOf' }], [{ realm: 'ü' }], [{ refusal: refusalOf }]])('%j is refused', (options) => {
  expect(() => new AuthErrorInterceptor(options as never)).toThrow(ConfigurationError);
});
