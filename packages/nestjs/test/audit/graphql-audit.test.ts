import { type AuditEvent, createAuditTrail, functionSink } from '@connect-auth/audit';
import { describe, expect, test } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { RequireOrg, RequireScopes } from '../../src/index.js';
import { openGraphql, platforms } from '../graphql/open-graphql.js';
import { openIssuer } from '../open-issuer.js';

@Resolver()
@Injectable()
@RequireOrg()
class Hello {
  @Query(() => String)
  hello(): string {
    return 'hello';
  }

  @Query(() => String)
  @RequireScopes('admin')
  secret(): string {
    return 'secret';
  }
}

const { issuer, trust } = await openIssuer();

describe.each(platforms)('GraphQL over HTTP on %s', (platform) => {
  test('is on record with its caller, and a refusal as one, though its status is 200', async () => {
    const events: AuditEvent[] = [];
    const audit = createAuditTrail({ operator: [functionSink(async (event) => void events.push(event))] });
    const { run } = await openGraphql(platform, { ...trust(), global: true, audit }, [Hello]);
    const token = issuer.token({ org: 'org_A' });
    await run('{ hello }', token);
    await run('{ secret }', token);
    await run('{ hello }');
    await audit.close();
    const route = platform === 'express' ? '(graphql)' : '/graphql';
    const seen = events.map(({ org, http, decision, reason }) => [
      org?.id,
      http?.route,
      http?.status,
      decision,
      reason,
    ]);
    expect(seen).toEqual([
      ['org_A', route, 200, 'allow', undefined],
      ['org_A', route, 200, 'deny', 'scope'],
      [undefined, route, 200, 'deny', 'missing'],
    ]);
  });
});
