import { describe, expect, test } from '@jest/globals';
import { UseGuards } from '@nestjs/common';
import { Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { ConnectAuthGuard, Public, RequireUser } from '../../src/index.js';
import { faultOf, starters } from './start.js';

@Resolver('Project')
class FieldResolver {
  @Query() @Public() project() {}
  @ResolveField() @RequireUser() owner() {}
}

@Resolver('Project')
class ReferenceResolver {
  @ResolveReference() @UseGuards(ConnectAuthGuard) resolveReference() {}
}

/** What GraphQLModule provides of its options. */
const graphqlModule = (...fieldResolverEnhancers: string[]) => ({
  module: class GraphqlModule {},
  providers: [{ provide: 'GqlModuleOptions', useValue: { fieldResolverEnhancers } }],
});

const refused = (place: string) =>
  `fieldResolverEnhancers of GraphQLModule must include 'guards': nothing sees to what ${place} (field) asks of the caller`;

describe.each(starters)('%s', (_starter, start) => {
  test.each([
    ['no GraphQLModule', []],
    ['one without guards for fields', [graphqlModule('interceptors')]],
    ['two of which one has guards for fields', [graphqlModule('guards'), graphqlModule()]],
    ['the same the other way round', [graphqlModule(), graphqlModule('guards')]],
  ])('with %s guarded fields are refused', async (_what, imports) => {
    for (const [resolver, place] of [
      [FieldResolver, 'FieldResolver.owner'],
      [ReferenceResolver, 'ReferenceResolver.resolveReference'],
    ] as const) {
      expect(await faultOf(start({}, { imports, providers: [resolver] }))).toBe(refused(place));
    }
  });

  test('with guards for fields everywhere it starts', async () => {
    const imports = [graphqlModule('guards'), graphqlModule('guards', 'interceptors')];
    expect(await faultOf(start({}, { imports, providers: [FieldResolver, ReferenceResolver] }))).toBeUndefined();
  });
});
