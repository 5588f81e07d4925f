import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import request from 'supertest';
import { ConnectAuthGuard, currentAuth, OrgId, Public, RequireScopes } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { at, insufficientScope, missingToken } from './answers.js';
import { openGraphql, platforms, withReply } from './open-graphql.js';

/** Who asked, once all that are expected have asked. */
let meet: { readonly arrived: () => void; readonly opened: Promise<void> };

function openMeeting(expected: number) {
  let missing = expected;
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arrived = (): void => {
    missing -= 1;
    if (missing === 0) open();
  };
  meet = { opened, arrived };
}

@Resolver()
@UseGuards(ConnectAuthGuard)
class FieldsResolver {
  @Query(() => [String], { nullable: true }) async org(
    @OrgId() orgId: string,
    @Args('as', { nullable: true }) _as?: string,
  ) {
    meet.arrived();
    await meet.opened;
    return [orgId, currentAuth().orgId];
  }
  @Query(() => String, { nullable: true }) @RequireScopes('projects:write') write() {
    return 'written';
  }
  @Query(() => String) @Public() open() {
    try {
      return String(currentAuth().orgId);
    } catch (error) {
      return (error as Error).name;
    }
  }
}

describe.each(platforms)('Apollo on %s: one request', (platform) => {
  let world: OpenIssuer;
  let api: Awaited<ReturnType<typeof openGraphql>>;
  const graphql: Partial<ApolloDriverConfig> = {
    ...(platform === 'fastify' ? withReply : {}),
    allowBatchedHttpRequests: true,
  };
  beforeAll(async () => {
    world = await openIssuer();
    api = await openGraphql(platform, world.trust(), [FieldsResolver], graphql);
  });

  test('of a public and a guarded field, without a token: the one is answered, the other refused', async () => {
    const { data, errors } = await api.run('{ open org }');
    expect([data, errors]).toEqual([{ open: 'ConfigurationError', org: null }, [at(missingToken, 'org', 8)]]);
  });

  test.each(['{ open org }', '{ org open }'])(
    '%s: the public one takes the caller from nobody, and has none',
    async (query) => {
      openMeeting(1);
      const { data, errors } = await api.run(query, world.issuer.token({ org: 'org_A' }));
      expect([data, errors]).toEqual([{ open: 'ConfigurationError', org: ['org_A', 'org_A'] }, undefined]);
    },
  );

  test('of many fields that run at once', async () => {
    openMeeting(5);
    const fields = [1, 2, 3, 4, 5].map((each) => `f${each}: org`);
    const { data } = await api.run(`{ ${fields.join(' ')} }`, world.issuer.token({ org: 'org_A' }));
    expect(Object.values(data as object)).toEqual(Array(5).fill(['org_A', 'org_A']));
  });

  test('of a field that is refused beside one that is not: only the one', async () => {
    openMeeting(1);
    const told = await api.run('{ org write }', world.issuer.token({ org: 'org_A' }));
    expect(told.data).toEqual({ org: ['org_A', 'org_A'], write: null });
    expect(told.errors).toEqual([at(insufficientScope('projects:write'), 'write', 7)]);
    expect(told.challenge).toBe(insufficientScope('projects:write').extensions.challenge);
  });

  test('two at once have each its own caller', async () => {
    openMeeting(2);
    const told = await Promise.all(['org_A', 'org_B'].map((org) => api.run('{ org }', world.issuer.token({ org }))));
    expect(told.map(({ data }) => data)).toEqual([{ org: ['org_A', 'org_A'] }, { org: ['org_B', 'org_B'] }]);
  });

  test('with a batch of operations: each is answered for itself', async () => {
    openMeeting(1);
    const batch = [{ query: '{ org }' }, { query: '{ write }' }, { query: '{ open }' }];
    const answer = await request(api.url.replace('ws:', 'http:'))
      .post('')
      .set(bearer(world.issuer.token({ org: 'org_A' })))
      .send(batch);
    expect(answer.body).toEqual([
      { data: { org: ['org_A', 'org_A'] } },
      { data: { write: null }, errors: [at(insufficientScope('projects:write'), 'write')] },
      { data: { open: 'ConfigurationError' } },
    ]);
  });
});
