import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Type, UseGuards } from '@nestjs/common';
import { Field, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectAuthGuard, OrgId, Public, RequireScopes } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { orgRequired } from './answers.js';
import { openGraphql, platforms, withReply } from './open-graphql.js';

@ObjectType()
class Project {
  @Field(() => String) id!: string;
}

const project = { id: 'p1' };
let reached: unknown[] = [];

@Resolver(() => Project)
class GuardedFieldResolver {
  @Query(() => Project) @Public() example() {
    return project;
  }
  @ResolveField(() => String, { nullable: true }) @UseGuards(ConnectAuthGuard) secret() {
    reached.push('secret');
  }
}

@Resolver(() => Project)
@UseGuards(ConnectAuthGuard)
class GuardedClassResolver {
  @Query(() => Project) project() {
    return project;
  }
  @ResolveField(() => String, { nullable: true }) name() {
    return 'name';
  }
}

@Resolver(() => Project)
@RequireScopes('a')
class AskingClassResolver {
  @Query(() => Project) project() {
    return project;
  }
  @ResolveField(() => String, { nullable: true }) name() {
    return 'name';
  }
}

/** Its field asks for no guard, and cannot do without a caller. */
@Resolver(() => Project)
class ParameterResolver {
  @Query(() => Project) @Public() example() {
    return project;
  }
  @Query(() => Project) @UseGuards(ConnectAuthGuard) project() {
    return project;
  }
  @ResolveField(() => String, { nullable: true }) owner(@OrgId() orgId: string) {
    reached.push(orgId);
    return orgId;
  }
}

describe.each(platforms)('Apollo on %s, where no guards run for fields', (platform) => {
  let world: OpenIssuer;
  beforeAll(async () => {
    world = await openIssuer();
    reached = [];
  });
  const open = (global: boolean, resolver: Type) =>
    openGraphql(platform, { ...world.trust(), global }, [resolver], platform === 'fastify' ? withReply : {});

  describe.each([true, false])('global: %p', (global) => {
    test('a field with the guard, and nothing else: the application does not start', async () => {
      await expect(open(global, GuardedFieldResolver)).rejects.toThrow(
        "fieldResolverEnhancers of GraphQLModule must include 'guards': nothing sees to what GuardedFieldResolver.secret (field) asks of the caller",
      );
    });

    test('a field of a class that asks something: the application does not start', async () => {
      await expect(open(global, AskingClassResolver)).rejects.toThrow(
        "fieldResolverEnhancers of GraphQLModule must include 'guards': nothing sees to what AskingClassResolver.name (field) asks of the caller",
      );
    });

    test('the guard on a class is for its queries, whose fields are resolved as their caller', async () => {
      const { run } = await open(global, GuardedClassResolver);
      expect((await run('{ project { id name } }', world.issuer.token())).data).toEqual({
        project: { id: 'p1', name: 'name' },
      });
      expect((await run('{ project { id name } }')).data).toBeNull();
    });

    test('a field that tells of the caller is not resolved where there is none', async () => {
      const { run } = await open(global, ParameterResolver);
      for (const token of [undefined, world.issuer.token({ org: 'org_A' })]) {
        const { data, errors } = await run('{ example { owner } }', token);
        expect([data, errors?.map(({ message }) => message)]).toEqual([
          { example: { owner: null } },
          ['@OrgId() on ParameterResolver.owner has no verified caller to tell of: guard the route'],
        ]);
      }
      expect(reached).toEqual([]);
    });

    test('nor for a caller who has nothing to tell, who is refused as by a guard', async () => {
      const { run } = await open(global, ParameterResolver);
      const { data, errors } = await run('{ project { owner } }', world.issuer.token({ org: null }));
      expect(data).toEqual({ project: { owner: null } });
      expect(errors).toEqual([{ ...orgRequired, path: ['project', 'owner'], locations: [{ line: 1, column: 13 }] }]);
      expect(reached).toEqual([]);
      const known = await run('{ project { owner } }', world.issuer.token({ org: 'org_A' }));
      expect(known.data).toEqual({ project: { owner: 'org_A' } });
      expect(reached.splice(0)).toEqual(['org_A']);
    });
  });
});
