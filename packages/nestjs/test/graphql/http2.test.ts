import { once } from 'node:events';
import { connect } from 'node:http2';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ConnectAuthModule } from '../../src/index.js';
import { nestVersion } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { portOf } from '../open-nest.js';
import { missingToken } from './answers.js';
import { projectsProviders } from './projects.resolver.js';

let app: INestApplication | undefined;
afterEach(() => app?.close());

/** Fastify and Apollo on HTTP/2 without TLS, and a client of it. */
async function openHttp2({ trust }: OpenIssuer, context: unknown) {
  const graphql = { driver: ApolloDriver, autoSchemaFile: true, context } as ApolloDriverConfig;
  const root = {
    module: class AppModule {},
    imports: [ConnectAuthModule.forRoot(trust()), GraphQLModule.forRoot<ApolloDriverConfig>(graphql)],
    providers: projectsProviders,
  };
  const adapter = new FastifyAdapter({ http2: true } as never);
  app = await NestFactory.create(root, adapter, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const authority = `http://127.0.0.1:${portOf(app)}`;

  /** What a caller is told: the data and the message of the first error. */
  return async function ask(query: string, token?: string): Promise<unknown> {
    const session = connect(authority);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/graphql',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    });
    stream.end(JSON.stringify({ query }));
    const { data, errors } = (await json(stream)) as { data: unknown; errors?: readonly { message: string }[] };
    session.close();
    await once(session, 'close');
    return [data, errors?.[0]?.message];
  };
}

const sharedContext = 'context of GraphQLModule must be a function that makes a new object at each call';

describe('Apollo on Fastify and HTTP/2', () => {
  test('every request has its own caller', async () => {
    const world = await openIssuer();
    const ask = await openHttp2(world, () => ({}));
    for (const org of ['org_A', 'org_B']) {
      expect(await ask('{ owners }', world.issuer.token({ org }))).toEqual([{ owners: [org, org, org] }, undefined]);
    }
    expect(await ask('{ who }')).toEqual([null, missingToken.message]);
  });

  test.each(['{ about }', '{ owners }'])(
    'one context for all requests, of which the first asked %s: nobody is taken for the first caller',
    async (query) => {
      const world = await openIssuer();
      const ask = await openHttp2(world, { own: true });
      await ask(query, world.issuer.token({ org: 'org_A' }));
      const others = [await ask('{ owners }', world.issuer.token({ org: 'org_B' })), await ask('{ who }')];
      expect(others).toEqual(
        nestVersion >= 12
          ? [
              [{ owners: ['org_B', 'org_B', 'org_B'] }, undefined],
              [null, missingToken.message],
            ]
          : [
              [null, sharedContext],
              [null, sharedContext],
            ],
      );
    },
  );
});
