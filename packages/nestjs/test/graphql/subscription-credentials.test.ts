import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import {
  insufficientScope,
  invalidRequest,
  invalidToken,
  issuerUnavailable,
  missingToken,
  orgRequired,
} from './answers.js';
import { Changes, ChangesResolver } from './changes.resolver.js';
import { openGraphql, type Platform, platforms } from './open-graphql.js';
import { type Credentials, openSocket } from './open-socket.js';

const open = (platform: Platform, options: ReturnType<OpenIssuer['trust' | 'trustKeysOnly']>) =>
  openGraphql(platform, options, [Changes, ChangesResolver], { subscriptions: { 'graphql-ws': true } });

describe.each(platforms)('graphql-ws on %s', (platform) => {
  let world: OpenIssuer;
  let api: Awaited<ReturnType<typeof open>>;
  let token: string;
  beforeAll(async () => {
    world = await openIssuer();
    api = await open(platform, world.trust());
    token = world.issuer.token({ org: 'org_A', scopes: ['other'] });
  });
  const params = (authorization: unknown): Credentials => ({ connectionParams: { authorization } });

  /** The first thing that a subscriber is told, of an event that comes as soon as he is known to listen. */
  async function subscribe(credentials: Credentials, operation = 'subscription { changed }') {
    const changes = api.app.get(Changes);
    void changes.whenListening().then(() => changes.tell('org_A org_A', 'a project'));
    return openSocket(api.url, credentials).first(operation);
  }
  const refused = (error: typeof missingToken, path = 'changed') => ({
    errors: [{ ...error, path: [path], locations: [{ line: 1, column: 16 }] }],
  });

  test.each([
    ['authorization of connectionParams', () => params(`Bearer ${token}`)],
    ['Authorization of connectionParams', () => ({ connectionParams: { Authorization: `Bearer ${token}` } })],
    ['the header of the upgrade', () => ({ headers: { authorization: `Bearer ${token}` } })],
    [
      'the header, and other connectionParams',
      () => ({ headers: { authorization: `Bearer ${token}` }, connectionParams: { authorization: null, x: 1 } }),
    ],
  ] as [string, () => Credentials][])('a good token in %s', async (_name, credentials) => {
    expect(await subscribe(credentials())).toEqual({ data: { changed: 'a project' } });
  });

  test.each([
    ['no token', () => ({}), missingToken],
    ['another scheme', () => params('Basic YTpi'), missingToken],
    ['the token without its scheme', () => params(token), missingToken],
    ['a flawed token', () => params(`Bearer ${world.issuer.flaws.expired()}`), invalidToken],
    ['a malformed token', () => params('Bearer a b'), invalidRequest],
    ['a list', () => params([`Bearer ${token}`]), invalidRequest],
    ['an object that cannot become a text', () => params({ toString: 1, valueOf: 1 }), invalidRequest],
    [
      'a token in both places',
      () => ({ ...params(`Bearer ${token}`), headers: { authorization: `Bearer ${token}` } }),
      invalidRequest,
    ],
    [
      'a token under two spellings',
      () => ({ connectionParams: { authorization: `Bearer ${token}`, Authorization: `Bearer ${token}` } }),
      invalidRequest,
    ],
    ['another one in the query', () => ({ ...params(`Bearer ${token}`), query: 'access_token=x' }), invalidRequest],
    ['no organization', () => params(`Bearer ${world.issuer.token({ omit: ['org_id'] })}`), orgRequired],
  ] as [string, () => Credentials, typeof missingToken][])('%s', async (_name, credentials, error) => {
    expect(await openSocket(api.url, credentials()).first('subscription { changed }')).toEqual(refused(error));
  });

  test('a token without the scope of the subscription', async () => {
    const told = await openSocket(api.url, params(`Bearer ${token}`)).first('subscription { scoped }');
    expect(told).toEqual(refused(insufficientScope('projects:read'), 'scoped'));
  });

  test('an issuer that cannot be asked', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    issuer.fail('jwks', 'error500');
    const { url } = await open(platform, trustKeysOnly());
    const told = await openSocket(url, params(`Bearer ${issuer.token()}`)).first('subscription { changed }');
    expect(told).toEqual(refused(issuerUnavailable(1)));
  });
});
