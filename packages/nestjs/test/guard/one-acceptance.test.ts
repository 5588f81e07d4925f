import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyDecorators, Controller, type INestApplicationContext, UseGuards } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import {
  ConnectAuthGuard,
  ConnectAuthVerifier,
  CurrentAuth,
  currentAuth,
  OrgId,
  RequireAnyScope,
  RequireClient,
  RequireLive,
  RequireOrg,
  RequireScopes,
} from '../../src/index.js';
import { openGraphql } from '../graphql/open-graphql.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';
import { openMicroservice, withToken } from '../rpc/open-microservice.js';
import { openGateway } from '../ws/open-gateway.js';

/** Five decorators that each bring the guard along, beside the guard itself. */
const five = () => [
  UseGuards(ConnectAuthGuard),
  RequireScopes('projects:read'),
  RequireAnyScope('projects:read', 'projects:write'),
  RequireOrg(),
  RequireClient(),
];
const Five = () => applyDecorators(...five());
const OnClass = () => applyDecorators(UseGuards(ConnectAuthGuard), RequireOrg(), RequireClient());

@Controller()
@OnClass()
class ProjectsController {
  @MessagePattern('projects') @Five() list(@OrgId() orgId: string) {
    return [orgId, currentAuth().orgId];
  }
}

@Resolver()
@OnClass()
class ProjectsResolver {
  @Query(() => String) @Five() projects(@OrgId() orgId: string, @CurrentAuth() _auth: unknown) {
    return `${orgId} ${currentAuth().orgId}`;
  }
  @Query(() => String) @RequireScopes('projects:read') others(@OrgId() orgId: string) {
    return orgId;
  }
  @Query(() => String) @RequireLive() live(@OrgId() orgId: string) {
    return orgId;
  }
}

@WebSocketGateway()
@OnClass()
class ProjectsGateway {
  @SubscribeMessage('projects') @Five() list(@OrgId() orgId: string) {
    return { event: 'projects', data: [orgId, currentAuth().orgId] };
  }
}

let world: OpenIssuer;
let token: string;
beforeAll(async () => {
  world = await openIssuer();
  token = world.issuer.token({ org: 'org_A', scopes: ['projects:read'] });
});

/** How often the verifier of an application accepted a token meanwhile. */
async function countAccepted(app: Pick<INestApplicationContext, 'get'>, work: () => Promise<unknown>): Promise<number> {
  let accepted = 0;
  const forget = app.get(ConnectAuthVerifier).on('accepted', () => {
    accepted += 1;
  });
  await work();
  forget();
  return accepted;
}

describe.each([false, true])(
  'with global: %p, any number of decorators, and a token seen for the first time or again',
  (global) => {
    test.each(platforms)('HTTP on %s: one acceptance a request', async (platform) => {
      const declared = { onClass: five(), onHandler: five() };
      const { app, http } = await openProjects(platform, { ...world.trust(), global }, declared);
      const call = () => http.get('/projects').set(bearer(token)).expect(200, { org: 'org_A' });
      for (const _time of ['first', 'again']) expect(await countAccepted(app, call)).toBe(1);
    });

    test('microservice: one acceptance a message', async () => {
      const { microservice, send } = await openMicroservice({ ...world.trust(), global }, ProjectsController);
      const call = async () => expect(await send('projects', withToken(token))).toEqual({ answer: ['org_A', 'org_A'] });
      for (const _time of ['first', 'again']) expect(await countAccepted(microservice, call)).toBe(1);
    });

    test('gateway: one acceptance a message', async () => {
      const { app, connectWith } = await openGateway('socket.io', { ...world.trust(), global }, ProjectsGateway);
      const client = await connectWith(token);
      const call = async () =>
        expect(await client.ask('projects')).toEqual({ event: 'projects', data: ['org_A', 'org_A'] });
      for (const _time of ['first', 'again']) expect(await countAccepted(app, call)).toBe(1);
    });

    test.each(['express', 'fastify'] as const)(
      'GraphQL on %s: one acceptance a query, whatever its fields',
      async (platform) => {
        const { app, run } = await openGraphql(platform, { ...world.trust(), global }, [ProjectsResolver]);
        const call = async () =>
          expect((await run('{ projects again: projects others more: others }', token)).data).toEqual({
            projects: 'org_A org_A',
            again: 'org_A org_A',
            others: 'org_A',
            more: 'org_A',
          });
        for (const _time of ['first', 'again']) expect(await countAccepted(app, call)).toBe(1);
      },
    );
  },
);

test('GraphQL: the issuer is asked once a query, however many of its fields want that', async () => {
  const { run } = await openGraphql('express', world.trust(), [ProjectsResolver]);
  world.issuer.resetRequests();
  const aliases = Array.from({ length: 200 }, (_, at) => `live${at}: live`);
  const { data } = await run(`{ ${aliases.join(' ')} }`, token);
  expect(new Set(Object.values(data as object))).toEqual(new Set(['org_A']));
  expect(world.issuer.requests.introspection).toBe(1);
});
