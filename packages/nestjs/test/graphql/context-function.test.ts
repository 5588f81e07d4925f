import { describe, expect, test } from '@jest/globals';
import { bearer, openIssuer } from '../open-issuer.js';
import { nestMajor } from '../ws/nest-major.js';
import { at, missingToken } from './answers.js';
import { openGraphql, platforms } from './open-graphql.js';
import { openSocket } from './open-socket.js';
import { projectsProviders } from './projects.resolver.js';

const sharedContext = 'context of GraphQLModule must be a function that makes a new object at each call';

describe.each(platforms)('Apollo on %s: a context of the application', (platform) => {
  test.each([
    ['a function that drops `req`', () => ({ own: true })],
    ['a function that gives nothing', () => undefined],
    ['an asynchronous one', async () => ({ own: true })],
  ])('%s: Nest adds it', async (_name, context) => {
    const { issuer, trust } = await openIssuer();
    const { run } = await openGraphql(platform, trust(), projectsProviders, { context: context as never });
    for (const org of ['org_A', 'org_B']) {
      expect((await run('{ owners }', issuer.token({ org }))).data).toEqual({ owners: [org, org, org] });
    }
    expect((await run('{ who }')).errors).toEqual([at(missingToken, 'who')]);
  });

  const shared = { own: true };
  test.each([
    ['an object', { own: true }],
    ['a function that gives the same object again', () => shared],
  ])('%s for all requests: nobody is taken for the first caller', async (_name, context) => {
    const { issuer, trust } = await openIssuer();
    const { run } = await openGraphql(platform, trust(), projectsProviders, { context: context as never });
    // Also where that one only asked for what is open to everybody.
    expect((await run('{ about }', issuer.token({ org: 'org_A' }))).data).toEqual({ about: 'about' });
    const others = [await run('{ owners }', issuer.token({ org: 'org_B' })), await run('{ who }')];
    if (nestMajor >= 12) {
      expect(others[0]?.data).toEqual({ owners: ['org_B', 'org_B', 'org_B'] });
      expect(others[1]?.errors).toEqual([at(missingToken, 'who')]);
    } else {
      // Nest 11 gives all of them the first request.
      const told = others.map(({ data, errors }) => [data, errors?.[0]?.message]);
      expect(told).toEqual([
        [null, sharedContext],
        [null, sharedContext],
      ]);
    }
  });

  test('an object for all requests, over HTTP and over a socket: nobody is taken for the first caller', async () => {
    const { issuer, trust } = await openIssuer();
    const graphql = { context: { own: true } as never, subscriptions: { 'graphql-ws': true as const } };
    const { run, url } = await openGraphql(platform, trust(), projectsProviders, graphql);
    expect((await run('{ about }', issuer.token({ org: 'org_A' }))).data).toEqual({ about: 'about' });
    const message = nestMajor >= 12 ? missingToken.message : sharedContext;
    expect(await openSocket(url).first('{ who }')).toMatchObject({ data: null, errors: [{ message }] });
  });

  test('with a `req` of its own making: nobody is let in', async () => {
    const { issuer, trust } = await openIssuer();
    const req = { headers: bearer(issuer.token()) };
    const { run } = await openGraphql(platform, trust(), projectsProviders, { context: () => ({ req }) });
    const { data, errors } = await run('{ who }', issuer.token());
    expect([data, errors?.[0]?.extensions?.code]).toEqual([null, 'INTERNAL_SERVER_ERROR']);
    expect(errors?.[0]?.message).toBe(sharedContext);
  });
});

test('Fastify tells of the challenge in the header if the context has `reply`, and in the errors at any rate', async () => {
  const { trust } = await openIssuer();
  const { run } = await openGraphql('fastify', trust(), projectsProviders, {});
  const told = await run('{ who }');
  expect([told.challenge, told.errors]).toEqual([undefined, [at(missingToken, 'who')]]);
});
