import { beforeAll, describe, expect, test } from '@jest/globals';
import { UseGuards } from '@nestjs/common';
import { Field, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectAuthGuard, currentAuth, OrgId, Public, RequireScopes } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { insufficientScope, missingToken } from './answers.js';
import { openGraphql, platforms, withReply } from './open-graphql.js';
import { openSocket } from './open-socket.js';

@ObjectType()
class Project {
  @Field(() => String) id!: string;
}

@Resolver(() => Project)
class ProjectResolver {
  @Query(() => Project) @UseGuards(ConnectAuthGuard) project() {
    return { id: 'p1' };
  }
  @Query(() => Project) @Public() example() {
    return { id: 'example' };
  }
  @ResolveField(() => [String], { nullable: true }) @UseGuards(ConnectAuthGuard) owner(
    @Parent() { id }: Project,
    @OrgId() orgId: string,
  ) {
    return [id, orgId, currentAuth().orgId];
  }
  @ResolveField(() => String, { nullable: true }) @RequireScopes('secrets') secret() {
    return 'secret';
  }
  /** It asks for nothing and is resolved as whoever the query was let in for. */
  @ResolveField(() => String, { nullable: true }) heir() {
    return currentAuth().orgId;
  }
}

const errorAt = (error: typeof missingToken, ...path: string[]) => expect.objectContaining({ ...error, path });

describe.each(platforms)('Apollo on %s', (platform) => {
  let world: OpenIssuer;
  beforeAll(async () => {
    world = await openIssuer();
  });
  const open = (...fieldResolverEnhancers: ('guards' | 'interceptors')[]) =>
    openGraphql(platform, world.trust(), [ProjectResolver], {
      ...(platform === 'fastify' ? withReply : {}),
      fieldResolverEnhancers,
      subscriptions: { 'graphql-ws': true },
    });

  test.each([[[]], [['interceptors' as const]]])('enhancers %j, without guards: refused', async (enhancers) => {
    await expect(open(...enhancers)).rejects.toThrow(
      /^fieldResolverEnhancers of GraphQLModule must include 'guards': nothing sees to what .*ProjectResolver\.secret \(field\)/,
    );
  });

  test.each([[['guards' as const]], [['guards' as const, 'interceptors' as const]]])(
    'enhancers %j: fields are guarded, each for itself',
    async (enhancers) => {
      const { run } = await open(...enhancers);
      const token = world.issuer.token({ org: 'org_A', scopes: ['other'] });
      const told = await run('{ project { owner heir secret } }', token);
      expect(told.data).toEqual({ project: { owner: ['p1', 'org_A', 'org_A'], heir: 'org_A', secret: null } });
      expect(told.errors).toEqual([errorAt(insufficientScope('secrets'), 'project', 'secret')]);
      expect(told.challenge).toBe(insufficientScope('secrets').extensions.challenge);
    },
  );

  test('a guarded field of a public query', async () => {
    const { run } = await open('guards');
    const told = await run('{ example { id owner } }');
    expect(told.data).toEqual({ example: { id: 'example', owner: null } });
    expect(told.errors).toEqual([errorAt(missingToken, 'example', 'owner')]);
    const known = await run('{ example { owner } }', world.issuer.token({ org: 'org_B' }));
    expect(known.data).toEqual({ example: { owner: ['example', 'org_B', 'org_B'] } });
  });

  test('over a socket fields have a caller if interceptors run for them, and throw if not', async () => {
    const connectionParams = { authorization: `Bearer ${world.issuer.token({ org: 'org_A' })}` };
    const both = await open('guards', 'interceptors');
    const data = { project: { owner: ['p1', 'org_A', 'org_A'] } };
    expect(await openSocket(both.url, { connectionParams }).first('{ project { owner } }')).toEqual({ data });
    const guards = await open('guards');
    expect(await openSocket(guards.url, { connectionParams }).first('{ project { owner } }')).toMatchObject({
      data: { project: { owner: null } },
      errors: [{ message: '@OrgId() on ProjectResolver.owner has no verified caller to tell of: guard the route' }],
    });
  });
});
