import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type ExecutionContext, Module } from '@nestjs/common';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import request from 'supertest';
import { ConnectAuthModule, currentAuth, RequireOrg } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { createNest, platforms } from '../open-nest.js';
import { answerOf } from './answers.js';

const reached: unknown[] = [];

@Resolver()
class StaffResolver {
  @Query(() => String, { nullable: true }) @RequireOrg() async staff() {
    await setImmediate();
    return currentAuth().issuer;
  }
}

@Resolver()
class PartnersResolver {
  @Query(() => String, { nullable: true }) @RequireOrg() async partners() {
    reached.push(currentAuth().issuer);
    await setImmediate();
    return currentAuth().issuer;
  }
}

const inHeader = (name: string) => (context: ExecutionContext) => {
  const { req } = context.getArgByIndex<{ req: { headers: Record<string, string> } }>(2);
  return { headers: { authorization: req.headers[name] } };
};

let staff: OpenIssuer;
let partners: OpenIssuer;
beforeAll(async () => {
  staff = await openIssuer({ issuer: 'https://staff.test' });
  partners = await openIssuer({ issuer: 'https://partners.test' });
});

/** Two modules of one schema, each with an issuer of its own, and a header of its own for its tokens. */
function twoModules() {
  const partnersOptions = { ...partners.trust(), getRequest: inHeader('x-partner'), passportStrategy: 'partners' };
  @Module({ imports: [ConnectAuthModule.forRoot(staff.trust())], providers: [StaffResolver] })
  class StaffModule {}
  @Module({ imports: [ConnectAuthModule.forRoot(partnersOptions)], providers: [PartnersResolver] })
  class PartnersModule {}
  const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true });
  return [StaffModule, PartnersModule, graphql];
}

describe.each(platforms)('Apollo on %s', (platform) => {
  async function open() {
    reached.length = 0;
    const app = await createNest(platform, { imports: twoModules() });
    await app.listen(0, '127.0.0.1');
    const headers = {
      ...bearer(staff.issuer.token({ org: 'org_A' })),
      'x-partner': `Bearer ${partners.issuer.token({ org: 'org_B' })}`,
    };
    return async (query: string) =>
      answerOf(await request(app.getHttpServer()).post('/graphql').set(headers).send({ query }));
  }

  test('each module knows its own tokens', async () => {
    const ask = await open();
    expect((await ask('{ staff }')).data).toEqual({ staff: 'https://staff.test' });
    expect((await ask('{ partners }')).data).toEqual({ partners: 'https://partners.test' });
  });

  test.each(['cold', 'warm'])(
    'of one request two tokens are one too many: the second is refused, %s',
    async (state) => {
      const ask = await open();
      if (state === 'warm') for (const query of ['{ staff }', '{ partners }']) await ask(query);
      reached.length = 0;
      const { data, errors } = await ask('{ staff partners }');
      expect(data).toEqual({ staff: 'https://staff.test', partners: null });
      expect(errors).toEqual([
        expect.objectContaining({
          message: 'ConnectAuthGuard found two tokens in one GraphQL request: its fields would mix them up',
          path: ['partners'],
          extensions: expect.objectContaining({ code: 'INTERNAL_SERVER_ERROR' }),
        }),
      ]);
      expect(reached).toEqual([]);
    },
  );
});
