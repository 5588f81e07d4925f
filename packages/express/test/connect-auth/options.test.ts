import { ConfigurationError, createVerifier } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type ConnectAuthOptions, connectAuth } from '../../src/index.js';
import { answerOf, invalidToken, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const makers = [
  ['connectAuth', connectAuth],
  ['connectAuth.optional', connectAuth.optional],
] as const;

describe.each(makers)('%s', (_maker, make) => {
  /** What making it throws: a ConfigurationError, and which option it names. */
  function faultOf(options: ConnectAuthOptions): string {
    try {
      make(options);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      return (error as ConfigurationError).option;
    }
    return 'none';
  }

  test.each([
    ['an option of no such name', { audiense: 'x' }, 'audiense'],
    ['an issuer that is no https URL', { issuer: 'http://issuer.test' }, 'issuer'],
    ['no audience', { audience: undefined }, 'audience'],
    ['an algorithm with a shared secret', { algorithms: ['HS256'] }, 'algorithms'],
    [
      'a wrong introspection mode',
      { introspection: { clientId: 'a', clientSecret: 'b', mode: 'off' } },
      'introspection.mode',
    ],
    ['a realm with a line break', { realm: 'api\r\nSet-Cookie: a=b' }, 'realm'],
    ['a realm beyond ASCII', { realm: 'übersicht' }, 'realm'],
    ['a realm that is no string', { realm: 7 }, 'realm'],
    ['passErrors that is no boolean', { passErrors: 'no' }, 'passErrors'],
  ])('%s is a ConfigurationError that names the option, thrown at once', (_fault, options, option) => {
    expect(faultOf({ ...world.trust(), ...options } as ConnectAuthOptions)).toBe(option);
  });

  test.each([
    ['an audience', () => ({ audience: 'another' }), 'audience'],
    ['introspection', () => ({ introspection: world.trust().introspection }), 'introspection'],
    ['an option of no such name', () => ({ passErorrs: true }), 'passErorrs'],
  ])('%s beside a verifier would be silently ignored: a ConfigurationError', (_fault, options, option) => {
    expect(faultOf({ verifier: createVerifier(world.trust()), ...options() } as ConnectAuthOptions)).toBe(option);
  });

  test.each([
    ['null', null],
    ['an empty object', {}],
    ['the options of one', { issuer: 'https://issuer.test', audience: 'a' }],
    ['a promise of one', Promise.resolve()],
  ])('a verifier that is %s is a ConfigurationError, thrown at once', (_what, verifier) => {
    expect(faultOf({ verifier } as ConnectAuthOptions)).toBe('verifier');
  });

  test('.verifier is the verifier that was given', () => {
    const verifier = createVerifier(world.trust());
    expect(make({ verifier }).verifier).toBe(verifier);
  });

  test('.verifier is the verifier that was made: what is revoked there is refused here', async () => {
    const middleware = make(world.trust());
    const { app } = openApi(expressVersions[1]?.[1] as never, middleware);
    const token = world.issuer.token({ org: 'org_B' });
    await request(app).get('/').set(bearer(token)).expect(200);
    await middleware.verifier.revoke({ orgId: 'org_B' });
    expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(invalidToken);
    await middleware.verifier.close();
  });

  test('the options that were handed in are left as they were', () => {
    const options = Object.freeze({ ...world.trust(), realm: 'projects', passErrors: false });
    expect(() => make(options)).not.toThrow();
  });
});

test.each(expressVersions)('%s: the challenge names the realm, escaped', async (_name, express) => {
  const { app } = openApi(express, connectAuth({ ...world.trust(), realm: 'say "projects" \\ all' }));
  const realm = 'realm="say \\"projects\\" \\\\ all"';
  expect(answerOf(await request(app).get('/'))).toEqual({ ...missingToken, challenge: `Bearer ${realm}` });
  expect(answerOf(await request(app).get('/').set(bearer(world.issuer.flaws.expired())))).toEqual({
    ...invalidToken,
    challenge: `Bearer ${realm}, error="invalid_token", error_description="The access token is not valid"`,
  });
});

test('one verifier serves two middlewares, and fetches keys once', async () => {
  const { issuer, trust } = await openIssuer();
  const verifier = createVerifier(trust());
  for (const [, express] of expressVersions) {
    const { app } = openApi(express, connectAuth({ verifier }));
    await request(app).get('/').set(bearer(issuer.token())).expect(200);
  }
  expect(issuer.requests.jwks).toBe(1);
});
