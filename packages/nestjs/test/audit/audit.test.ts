import { type AuditEvent, createAuditTrail, functionSink } from '@connect-auth/audit';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import {
  ConnectAuthModule,
  CrossOrg,
  OrgEgressInterceptor,
  OrgOwned,
  OrgParam,
  Public,
  RequireScopes,
} from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, type Platform, platforms } from '../open-nest.js';
import { findProject } from '../organization/projects.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

@Controller('orgs/:orgId')
@OrgParam('orgId')
class Orgs {
  @Get('projects/:id')
  @OrgOwned({ type: 'project', load: findProject })
  one() {
    return { done: true };
  }

  @Get('scoped')
  @RequireScopes('admin')
  scoped() {}

  @Get('leak')
  leak() {
    return { org_id: 'org_B' };
  }

  @Get('all')
  @CrossOrg({ grant: 'billing:read-all', reason: 'monthly invoice run' })
  all() {
    return [{ org_id: 'org_A' }, { org_id: 'org_B' }];
  }
}

@Controller()
class Open {
  @Get('health')
  @Public()
  health() {
    return { status: 'ok' };
  }
}

async function open(platform: Platform, overflow?: 'refuse') {
  const [callers, operators]: [AuditEvent[], AuditEvent[]] = [[], []];
  const stuck = overflow === 'refuse';
  const keep = (events: AuditEvent[]) => async (event: AuditEvent) => {
    if (stuck) await new Promise(() => undefined);
    events.push(event);
  };
  const audit = createAuditTrail({
    sinks: [functionSink(keep(callers), 'callers')],
    operator: [functionSink(keep(operators), 'operators')],
    ...(stuck && { queue: { capacity: 1, overflow }, closeTimeoutMs: 1, onError: () => undefined }),
  });
  const { http } = await openNest(platform, {
    imports: [ConnectAuthModule.forRoot({ ...world.trust(), global: true, audit })],
    controllers: [Orgs, Open],
    prepare: (app) => void app.useGlobalInterceptors(new OrgEgressInterceptor()),
  });
  const get = (path: string, token?: string) => http.get(path).set(token === undefined ? {} : bearer(token));
  return { get, audit, callers, operators };
}

const tokenOfA = (...scopes: string[]) => world.issuer.token({ org: 'org_A', scopes });

describe.each(platforms)('%s', (platform) => {
  test('every request is on record by the pattern of its route, also one that nobody answers for', async () => {
    const { get, audit, operators, callers } = await open(platform);
    await get('/orgs/org_A/projects/p_A', tokenOfA()).expect(200);
    await get('/health').expect(200);
    await get('/nowhere').expect(404);
    await audit.close();
    expect(operators.map(({ http, decision, actor }) => [http?.route, http?.status, decision, actor.type])).toEqual([
      ['/orgs/:orgId/projects/:id', 200, 'allow', expect.not.stringMatching('anonymous')],
      ['/health', 200, 'allow', 'anonymous'],
      [expect.any(String), 404, 'deny', 'anonymous'],
    ]);
    expect(callers).toHaveLength(1);
    expect(callers[0]).toMatchObject({
      org: { id: 'org_A', source: 'token.org_id' },
      action: 'project.read',
      targets: [{ type: 'project', id: 'p_A' }],
    });
  });

  test('who is refused is named, in the customer’s own stream, too', async () => {
    const { get, audit, operators, callers } = await open(platform);
    const token = tokenOfA();
    await get('/orgs/org_A/projects/p_B', token).expect(404);
    await get('/orgs/org_A/projects/p_C', token).expect(404);
    await get('/orgs/org_B/projects/p_B', token).expect(404);
    await get('/orgs/org_A/scoped', token).expect(403);
    await get('/orgs/org_A/leak', token).expect(500);
    await audit.close();
    expect(operators.map(({ org, decision, reason, owner_org }) => [org?.id, decision, reason, owner_org])).toEqual([
      ['org_A', 'deny', 'org_mismatch', 'org_B'],
      ['org_A', 'deny', 'not_found', undefined],
      ['org_A', 'deny', 'org_mismatch', undefined],
      ['org_A', 'deny', 'scope', undefined],
      ['org_A', 'error', 'org_leak_blocked', 'org_B'],
    ]);
    expect(callers).toHaveLength(5);
    const [foreign, none] = callers.map(({ id: _id, occurred_at: _at, ...seen }) => seen);
    expect(foreign).toEqual(none);
    expect(JSON.stringify(callers)).not.toContain('org_B');
  });

  test('a way over the wall needs its grant, is on record first, and may answer for all', async () => {
    const { get, audit, operators } = await open(platform);
    const refused = await get('/orgs/org_A/all', tokenOfA()).expect(403);
    expect(refused.headers['www-authenticate']).toContain('scope="billing:read-all"');
    await get('/orgs/org_A/all', tokenOfA('billing:read-all')).expect(200, [{ org_id: 'org_A' }, { org_id: 'org_B' }]);
    await audit.close();
    expect(operators.map(({ action, decision, cross_org }) => [action, decision, cross_org?.reason])).toEqual([
      ['request.read', 'deny', undefined],
      ['organization.cross', 'allow', 'monthly invoice run'],
      ['request.read', 'allow', undefined],
    ]);
  });

  test('where the trail takes no more, a request is answered 503 and not handled', async () => {
    const { get, audit } = await open(platform, 'refuse');
    await get('/health').expect(200);
    const refused = await get('/health').expect(503);
    expect([refused.headers['retry-after'], refused.body.status]).toEqual(['1', 503]);
    await audit.close();
  });
});
