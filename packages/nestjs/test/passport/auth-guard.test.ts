import { flawNames } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ConnectAuthModule } from '../../src/index.js';
import {
  type Answer,
  answerOf,
  invalidRequest,
  invalidToken,
  issuerUnavailable,
  missingToken,
  orgRequired,
} from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openStrategies } from './open-strategies.js';

/** Nest's guard answers in words of its own; the challenge is the right one. */
const inNestsWords = (answer: Answer): Answer => ({
  ...answer,
  contentType: 'application/json; charset=utf-8',
  body: { statusCode: 401, message: 'Unauthorized' },
});

let world: OpenIssuer;
let api: Awaited<ReturnType<typeof openStrategies>>;
beforeAll(async () => {
  world = await openIssuer();
  api = await openStrategies('connect', [ConnectAuthModule.forRoot(world.trust())]);
});
const get = (headers: Record<string, string>, path = '/projects') => api.http.get(path).set(headers);

describe("AuthGuard('connect')", () => {
  test('lets pass a good token: req.user is the Auth, and currentAuth() too', async () => {
    const answer = await get(bearer(world.issuer.token({ client: 'client_a' })));
    expect([answer.status, answer.body]).toEqual([200, { user: 'client_a', current: 'client_a' }]);
  });

  test('without a token: 401 under the challenge', async () => {
    expect(answerOf(await get({}))).toEqual(inNestsWords(missingToken));
  });

  test.each(flawNames)('%s: 401 under the challenge', async (flaw) => {
    expect(answerOf(await get(bearer(world.issuer.flaws[flaw]())))).toEqual(inNestsWords(invalidToken));
  });

  test('a malformed header: 400, and not 401', async () => {
    expect(answerOf(await get({ authorization: 'Bearer a b' }))).toEqual(invalidRequest);
  });

  test('an issuer that cannot be asked: 503, and not 401', async () => {
    const { issuer, trust } = await openIssuer();
    const { http } = await openStrategies('down', [
      ConnectAuthModule.forRoot({ ...trust(), passportStrategy: 'down' }),
    ]);
    const token = issuer.token();
    issuer.stop();
    const answer = answerOf(await http.get('/projects').set(bearer(token)));
    expect(answer).toEqual(issuerUnavailable(answer.retryAfter ?? 'none'));
    expect(Number(answer.retryAfter)).toBeGreaterThan(0);
  });

  test('parameters of this package work behind it, and refuse callers without what they tell', async () => {
    const ofOrg = await get(bearer(world.issuer.token({ org: 'org_a' })), '/projects/of-org');
    expect([ofOrg.status, ofOrg.body]).toEqual([200, { orgId: 'org_a' }]);
    expect(answerOf(await get(bearer(world.issuer.token({ omit: ['org_id'] })), '/projects/of-org'))).toEqual(
      orgRequired,
    );
  });

  test('lets pass a good token on Fastify, too', async () => {
    const { trust, issuer } = await openIssuer();
    const modules = [ConnectAuthModule.forRoot({ ...trust(), passportStrategy: 'fastify' })];
    const { http } = await openStrategies('fastify', modules, 'Fastify');
    const answer = await http.get('/projects').set(bearer(issuer.token({ client: 'client_a' })));
    expect([answer.status, answer.body]).toEqual([200, { user: 'client_a', current: 'client_a' }]);
  });
});
