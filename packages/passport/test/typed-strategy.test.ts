import 'jose';
import type * as core from '@connect-auth/core';
import { ConfigurationError, createVerifier, type KeySource } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import passport from 'passport';
import { Strategy as JwtStrategy, type StrategyOptions } from 'passport-jwt';
import type { Strategy as BaseStrategy } from 'passport-strategy';
import {
  type Auth,
  type ConnectRequest,
  ConnectStrategy,
  jwksRsaKeys,
  type PassportJwtOptions,
  passportJwtOptions,
} from '../src/index.js';

const { JwksClient } = await import('jwks-rsa');

/** Compiles only if the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proves = <Proof extends true>(proof?: Proof) => proof;

const verifier = createVerifier({ issuer: 'https://issuer.test', audience: 'a' });

// What these tests prove, the compiler proves; the calls that are wrong are made all the same, to see them fail.

test('Auth is the Auth of the core', () => {
  expect(proves<Same<Auth, core.Auth>>()).toBeUndefined();
});

test('the strategy is one for Passport, by its types too', () => {
  const strategy: passport.Strategy = new ConnectStrategy(verifier);
  const base: BaseStrategy = new ConnectStrategy(verifier) as ConnectStrategy & BaseStrategy;
  new passport.Passport().use(strategy).use('other', new ConnectStrategy(verifier));
  const takes = (req: Request): ConnectRequest => req;
  expect([strategy.name, base.constructor, takes.length]).toEqual(['connect', ConnectStrategy, 1]);
});

test('its options are of their types, and those of no such name do not compile', () => {
  // @ts-expect-error: there is no verifier
  expect(() => new ConnectStrategy()).toThrow(ConfigurationError);
  // @ts-expect-error: a slip in a name
  expect(() => new ConnectStrategy(verifier, { relm: 'api' })).toThrow(ConfigurationError);
  // @ts-expect-error: the name is no number
  expect(() => new ConnectStrategy(verifier, { name: 7 })).toThrow(ConfigurationError);
});

test('what subclasses may override is not for others to call', () => {
  class Strategy extends ConnectStrategy {
    protected override admit(auth: Auth, req: ConnectRequest): void {
      super.admit(auth, req);
    }
    protected override refuse(error: unknown, req: ConnectRequest): void {
      super.refuse(error, req);
    }
  }
  const strategy = new Strategy(verifier);
  // @ts-expect-error: protected
  expect([strategy.admit, strategy.refuse]).toHaveLength(2);
  // @ts-expect-error: private
  expect(strategy.verifier).toBe(verifier);
});

test('the options are options of passport-jwt, with the request and without', () => {
  const options: StrategyOptions = passportJwtOptions(verifier);
  const plain = new JwtStrategy(passportJwtOptions(verifier), (payload, done) => done(null, payload));
  const more = new JwtStrategy({ ...passportJwtOptions(verifier), passReqToCallback: true }, (_req, payload, done) =>
    done(null, payload),
  );
  const withoutEdDsa: PassportJwtOptions['algorithms'] = ['RS256', 'ES512'];
  // @ts-expect-error: jsonwebtoken does not know it
  const withEdDsa: PassportJwtOptions['algorithms'] = ['EdDSA'];
  expect([options.issuer, plain.name, more.name, withoutEdDsa.length, withEdDsa.length]).toEqual([
    ['https://issuer.test'],
    'jwt',
    'jwt',
    2,
    1,
  ]);
});

test('a JwksClient becomes a source of keys', () => {
  const source: KeySource = jwksRsaKeys(new JwksClient({ jwksUri: 'https://issuer.test/keys' }));
  expect(source).toBeInstanceOf(Function);
  // @ts-expect-error: its options are no client
  expect(() => jwksRsaKeys({ jwksUri: 'https://issuer.test/keys' })).toThrow(ConfigurationError);
});
