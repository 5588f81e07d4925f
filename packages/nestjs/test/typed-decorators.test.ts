import { ConfigurationError, type Verifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { type CanActivate, type DynamicModule, HttpException } from '@nestjs/common';
import {
  type Auth,
  AuthException,
  ClientId,
  ConnectAuthGuard,
  type ConnectAuthHealthIndicator,
  ConnectAuthModule,
  type ConnectAuthModuleOptions,
  type ConnectAuthVerifier,
  CurrentAuth,
  currentAuth,
  OptionalAuth,
  OrgId,
  Public,
  RequireAnyScope,
  RequireClient,
  RequireLive,
  RequireOrg,
  RequireScopes,
  RequireUser,
  Scopes,
  UserId,
  workosConnect,
} from '../src/index.js';

/** Compiles only if the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proves = <Proof extends true>(proof?: Proof) => proof;

const trust = { issuer: 'https://issuer.test', audience: 'a' };

// What these tests prove, the compiler proves.

test('decorators of access are for classes and methods, those of parameters for parameters', () => {
  const access: (ClassDecorator & MethodDecorator)[] = [
    Public(),
    OptionalAuth(),
    RequireScopes('a', 'b'),
    RequireAnyScope('a'),
    RequireOrg(),
    RequireUser(),
    RequireClient(),
    RequireLive(),
  ];
  const parameters: ParameterDecorator[] = [CurrentAuth(), OrgId(), UserId(), ClientId(), Scopes()];
  expect([access.length, parameters.length]).toEqual([8, 5]);

  const wrong = () => {
    class WrongController {
      // @ts-expect-error: a parameter is no method
      parameter(@RequireOrg() orgId: string) {
        return orgId;
      }

      // @ts-expect-error: a parameter is no method
      open(@Public() orgId: string) {
        return orgId;
      }

      // @ts-expect-error: a method is no parameter
      @OrgId()
      method() {}

      // @ts-expect-error: a property is no method
      @RequireUser()
      property = 1;
    }
    return WrongController;
  };
  expect(wrong).toThrow(ConfigurationError);
});

test('scopes are strings, one by one; the others take nothing', () => {
  // @ts-expect-error: a number
  expect(() => RequireScopes(1)).toThrow(ConfigurationError);
  // @ts-expect-error: a list
  expect(() => RequireScopes(['a'])).toThrow(ConfigurationError);
  // @ts-expect-error: a list
  expect(() => RequireAnyScope(['a', 'b'])).toThrow(ConfigurationError);
  // @ts-expect-error: it takes nothing
  expect(RequireOrg('org_A')).toBeInstanceOf(Function);
  // @ts-expect-error: it takes nothing
  expect(CurrentAuth('subject')).toBeInstanceOf(Function);
});

test('options are of their types, and those of no such name do not compile', () => {
  const modules: DynamicModule[] = [
    ConnectAuthModule.forRoot(),
    ConnectAuthModule.forRoot({ global: true }),
    ConnectAuthModule.forRoot({ ...trust, realm: 'a', waitForKeys: true, checkRoutes: false, passportStrategy: 'b' }),
    ConnectAuthModule.forRoot({
      ...workosConnect({ authkitDomain: 'a.authkit.app', environmentClientId: 'c' }),
      global: true,
    }),
    ConnectAuthModule.forRootAsync({ useFactory: () => trust, global: true, checkRoutes: true }),
    ConnectAuthModule.forRootAsync({ useFactory: async (): Promise<ConnectAuthModuleOptions> => trust }),
  ];
  const wrong = [
    // @ts-expect-error: the issuer is no number
    () => ConnectAuthModule.forRoot({ issuer: 1, audience: 'a' }),
    // @ts-expect-error: checkRoutes is no text
    () => ConnectAuthModule.forRoot({ ...trust, checkRoutes: 'x' }),
    // @ts-expect-error: waitForKeys is no text
    () => ConnectAuthModule.forRoot({ ...trust, waitForKeys: 'yes' }),
    // @ts-expect-error: a slip in a name
    () => ConnectAuthModule.forRoot({ ...trust, audiense: 'b' }),
    // @ts-expect-error: an algorithm with a shared secret
    () => ConnectAuthModule.forRoot({ ...trust, algorithms: ['HS256'] }),
    // @ts-expect-error: a request has headers
    () => ConnectAuthModule.forRoot({ ...trust, getRequest: () => ({}) }),
    // @ts-expect-error: the factory gives no options
    () => ConnectAuthModule.forRootAsync({ useFactory: () => 7 }),
    // @ts-expect-error: global is no text
    () => ConnectAuthModule.forRootAsync({ useFactory: () => trust, global: 'yes' }),
  ];
  expect([modules.length, wrong.length]).toEqual([6, 8]);
});

test('what is injected and thrown has its type', () => {
  const typed = (verifier: ConnectAuthVerifier, guard: ConnectAuthGuard, health: ConnectAuthHealthIndicator) => {
    const asVerifier: Verifier = verifier;
    const asGuard: CanActivate = guard;
    proves<Same<ReturnType<typeof currentAuth>, Auth>>();
    proves<Same<ReturnType<typeof verifier.verify>, Promise<Auth>>>();
    const status: 'up' | 'down' = health.isHealthy()['connect-auth'].status;
    const named: 'up' | 'down' = health.isHealthy('issuer').issuer.status;
    // @ts-expect-error: it is under the name that was given
    const other = health.isHealthy('issuer')['connect-auth'];
    return [asVerifier, asGuard, status, named, other];
  };
  const reasonOf = (exception: AuthException): string => exception.authError.reason;
  expect([typed.length, reasonOf.length, AuthException.prototype instanceof HttpException]).toEqual([3, 1, true]);
});
