import type { Auth, Verifier } from '@connect-auth/core';
import { ConfigurationError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import {
  authErrorHandler,
  type ConnectAuthHandler,
  connectAuth,
  currentAuth,
  protectedResourceMetadata,
  requireAnyScope,
  requireClient,
  requireLive,
  requireOrg,
  requireScopes,
  requireUser,
  workosConnect,
} from '../src/index.js';

/** Compiles only if the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proves = <Proof extends true>(proof?: Proof) => proof;

const trust = { issuer: 'https://issuer.test', audience: 'a' };

// What these tests prove, the compiler proves; the calls that are wrong are made all the same, to see them fail.

test('req.auth and currentAuth() are an Auth', () => {
  proves<Same<Request['auth'], Auth>>();
  proves<Same<ReturnType<typeof currentAuth>, Auth>>();
  const handler: RequestHandler = (req, res) => {
    const orgId: string | undefined = req.auth.orgId;
    const scopes: ReadonlySet<string> = req.auth.scopes;
    // @ts-expect-error: there is no such property
    const org = req.auth.org_id;
    // @ts-expect-error: it is read-only
    req.auth.orgId = 'org_B';
    // @ts-expect-error: the scopes are for the issuer to grant
    scopes.add('admin');
    res.json({ orgId, org });
  };
  expect(handler).toHaveLength(2);
});

test('every middleware is a RequestHandler, and the handler of errors an ErrorRequestHandler', () => {
  const middlewares: RequestHandler[] = [
    connectAuth(trust),
    connectAuth.optional(trust),
    connectAuth(workosConnect({ authkitDomain: 'acme.authkit.app', environmentClientId: 'client_01' })),
    requireScopes('a'),
    requireAnyScope('a', 'b'),
    requireUser(),
    requireClient(),
    requireOrg(),
    requireLive(),
    protectedResourceMetadata({ resource: 'https://api.test', authorizationServers: ['https://issuer.test'] }),
  ];
  const errorHandler: ErrorRequestHandler = authErrorHandler({ realm: 'api' });
  expect([...middlewares.map((each) => each.length), errorHandler.length]).toEqual([...Array(10).fill(3), 4]);
});

test('connectAuth() has the verifier', () => {
  const handler: ConnectAuthHandler = connectAuth(trust);
  const verifier: Verifier = handler.verifier;
  expect(Object.keys(verifier)).toEqual(expect.arrayContaining(['verify', 'ready', 'health', 'revoke', 'close']));
});

test('scopes are strings, one by one', () => {
  // @ts-expect-error: a list
  expect(() => requireScopes(['a'])).toThrow(ConfigurationError);
  // @ts-expect-error: a number
  expect(() => requireScopes(7)).toThrow(ConfigurationError);
  // @ts-expect-error: a list
  expect(() => requireAnyScope(['a', 'b'])).toThrow(ConfigurationError);
});

test('options are of their types, and those of no such name do not compile', () => {
  // @ts-expect-error: a slip in a name
  expect(() => connectAuth({ ...trust, audiense: 'b' })).toThrow(ConfigurationError);
  // @ts-expect-error: the audience is no number
  expect(() => connectAuth({ issuer: 'https://issuer.test', audience: 7 })).toThrow(ConfigurationError);
  // @ts-expect-error: an algorithm with a shared secret
  expect(() => connectAuth({ ...trust, algorithms: ['HS256'] })).toThrow(ConfigurationError);
  // @ts-expect-error: the authorization servers are missing
  expect(() => protectedResourceMetadata({ resource: 'https://api.test' })).toThrow(ConfigurationError);
});
