import { beforeEach, describe, expect, test } from '@jest/globals';
import { ConnectAuthVerifier } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { at, invalidToken, missingToken } from './answers.js';
import { Changes, ChangesResolver } from './changes.resolver.js';
import { openGraphql, platforms } from './open-graphql.js';
import { openSocket } from './open-socket.js';

describe.each(platforms)('graphql-ws on %s', (platform) => {
  let world: OpenIssuer;
  let api: Awaited<ReturnType<typeof openGraphql>>;
  let changes: Changes;
  beforeEach(async () => {
    world = await openIssuer();
    const graphql = { subscriptions: { 'graphql-ws': true as const } };
    api = await openGraphql(platform, world.trust(), [Changes, ChangesResolver], graphql);
    changes = api.app.get(Changes);
  });
  const connect = (token: string) => openSocket(api.url, { connectionParams: { authorization: `Bearer ${token}` } });
  const tokenOf = (org: string, lifetimeSeconds = 300) => world.issuer.token({ org, lifetimeSeconds });

  /** Subscribes, and waits until the server listens. */
  async function listen(client: ReturnType<typeof connect>, operation: string) {
    const results = client.run(operation);
    const listening = changes.whenListening();
    const first = results.next();
    await listening;
    return { next: async () => (await first).value as unknown };
  }

  test('events go to the organization that the resolver was called for, and to no other', async () => {
    const a = await listen(connect(tokenOf('org_A')), 'subscription { changed }');
    const b = await listen(connect(tokenOf('org_B')), 'subscription { changed }');
    await changes.tell('org_B org_B', 'of B');
    await changes.tell('org_A org_A', 'of A');
    expect([await a.next(), await b.next()]).toEqual([{ data: { changed: 'of A' } }, { data: { changed: 'of B' } }]);
  });

  test('filter and resolve run for nobody: they are called with the events', async () => {
    const { next } = await listen(connect(tokenOf('org_A')), 'subscription { filtered }');
    await changes.tell('filtered', 'org_A');
    await changes.tell('filtered', 'nobody');
    expect(await next()).toEqual({ data: { filtered: 'nobody nobody' } });
  });

  test('a public subscription needs no token', async () => {
    const { next } = await listen(openSocket(api.url), 'subscription { news }');
    await changes.tell('news', 'all');
    expect(await next()).toEqual({ data: { news: 'all' } });
  });

  test('queries over the socket have their caller, too', async () => {
    const client = connect(tokenOf('org_A'));
    expect(await client.first('{ org }')).toEqual({ data: { org: ['org_A', 'org_A'] } });
    expect(await client.first('{ open org }')).toEqual({ data: { open: 'nobody', org: ['org_A', 'org_A'] } });
    expect(await openSocket(api.url).first('{ org }')).toEqual({ data: null, errors: [at(missingToken, 'org')] });
  });

  test('each operation on a socket is held to the token that it was opened with, which expires', async () => {
    const client = connect(tokenOf('org_A'));
    const before = await listen(client, 'subscription { changed }');
    world.clock.advanceSeconds(306);
    expect(await client.first('subscription { changed }')).toMatchObject({ errors: [invalidToken] });
    expect(client.connections()).toBe(1);
    // What was subscribed to before goes on.
    await changes.tell('org_A org_A', 'still heard');
    expect(await before.next()).toEqual({ data: { changed: 'still heard' } });
  });

  test('or is revoked', async () => {
    const client = connect(tokenOf('org_A'));
    expect(await client.first('{ org }')).toMatchObject({ data: {} });
    await api.app.get(ConnectAuthVerifier).revoke({ orgId: 'org_A' });
    expect(await client.first('subscription { changed }')).toMatchObject({ errors: [invalidToken] });
    expect(client.connections()).toBe(1);
  });
});
