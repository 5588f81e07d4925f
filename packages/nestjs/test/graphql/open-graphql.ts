import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { INestApplication, Type } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ConnectAuthModule, type ConnectAuthModuleExtras, type ConnectAuthModuleOptions } from '../../src/index.js';
import { bearer } from '../open-issuer.js';
import { errorLog } from '../ws/open-gateway.js';
import { answerOf } from './answers.js';

export const platforms = ['express', 'fastify'] as const;
export type Platform = (typeof platforms)[number];

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What the application says of its GraphQL. `reply` is what tells Fastify's answers of the challenge. */
export const withReply: Partial<ApolloDriverConfig> = { context: (_request: unknown, reply: unknown) => ({ reply }) };

/** An application with resolvers, which is told of queries and mutations over HTTP. */
export async function openGraphql(
  platform: Platform,
  options: ConnectAuthModuleOptions & ConnectAuthModuleExtras,
  providers: Type[],
  graphql: Partial<ApolloDriverConfig> = platform === 'fastify' ? withReply : {},
) {
  const { errors, logger } = errorLog();
  const module = await Test.createTestingModule({
    imports: [
      ConnectAuthModule.forRoot(options),
      GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, ...graphql }),
    ],
    providers,
  })
    .setLogger(logger)
    .compile();
  const app: INestApplication =
    platform === 'fastify' ? module.createNestApplication(new FastifyAdapter()) : module.createNestApplication();
  closing.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;

  /** What a caller with this token is told. */
  async function run(query: string, token?: string, headers: Record<string, string> = {}) {
    const post = request(`http://127.0.0.1:${port}`).post('/graphql').set(headers);
    return answerOf(await (token === undefined ? post : post.set(bearer(token))).send({ query }));
  }
  return { app, errors, run, url: `ws://127.0.0.1:${port}/graphql` };
}
