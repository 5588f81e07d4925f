import { ConfigurationError, createVerifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { splitOptions } from '../../src/connect-auth.options.js';
import { ConnectAuthModule, RequireOrg } from '../../src/index.js';
import { createNest } from '../open-nest.js';
import { projectsController } from '../open-projects.js';
import { trust } from '../routes/start.js';

type Options = NonNullable<Parameters<typeof ConnectAuthModule.forRoot>[0]>;

const makers = [
  ['forRoot', (options: Options) => ConnectAuthModule.forRoot(options)],
  ['forRootAsync', (options: Options) => ConnectAuthModule.forRootAsync({ useFactory: async () => options })],
] as const;

describe.each(makers)('%s', (_maker, make) => {
  /** What the application does not start for: a ConfigurationError, and which option it names. */
  async function faultOf(options: unknown): Promise<string> {
    try {
      await createNest('Express', { imports: [make(options as Options)] });
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      return (error as ConfigurationError).option;
    }
    return 'none';
  }

  test.each([
    ['an option of no such name', { audiense: 'x' }, 'audiense'],
    ['isGlobal, as other modules call it', { isGlobal: true }, 'isGlobal'],
    ['an issuer that is no https URL', { issuer: 'http://issuer.test' }, 'issuer'],
    ['no audience', { audience: undefined }, 'audience'],
    ['an algorithm with a shared secret', { algorithms: ['HS256'] }, 'algorithms'],
    ['introspection without a secret', { introspection: { clientId: 'a' } }, 'introspection.clientSecret'],
    ['a realm with a line break', { realm: 'api\r\nSet-Cookie: a=b' }, 'realm'],
    ['a realm beyond ASCII', { realm: 'übersicht' }, 'realm'],
    ['a realm that is no string', { realm: 7 }, 'realm'],
    ['metadata with a line break', { resourceMetadata: 'https://a.test\n' }, 'resource_metadata'],
    ['waitForKeys that is no boolean', { waitForKeys: 'yes' }, 'waitForKeys'],
    ['getRequest that is no function', { getRequest: {} }, 'getRequest'],
    ['a strategy without a name', { passportStrategy: '' }, 'passportStrategy'],
    ['a strategy whose name is no string', { passportStrategy: 7 }, 'passportStrategy'],
  ])('%s: the application does not start, and the option is named', async (_fault, options, option) => {
    expect(await faultOf({ ...trust, ...options })).toBe(option);
  });

  test.each([
    ['null', null],
    ['an empty object', {}],
    ['the options of one', trust],
    ['half of one', { verify: () => undefined }],
  ])('a verifier that is %s: the application does not start', async (_what, verifier) => {
    expect(await faultOf({ verifier })).toBe('verifier');
  });

  test('an option beside a verifier would be silently ignored: the application does not start', async () => {
    expect(await faultOf({ verifier: createVerifier(trust), audience: 'another' })).toBe('audience');
  });

  test('options that are right let it start, and are left as they were', async () => {
    const options = Object.freeze({ ...trust, realm: 'projects', waitForKeys: false, passportStrategy: 'projects' });
    expect(await faultOf(options)).toBe('none');
  });
});

test('what cannot stand in a header shows without Passport’s packages, too, which look at it themselves', () => {
  expect(() => splitOptions({ ...trust, realm: 'api\r\nSet-Cookie: a=b' })).toThrow(ConfigurationError);
});

test('two modules with global: true: the application does not start', async () => {
  const imports = [1, 2].map(() => ConnectAuthModule.forRoot({ ...trust, global: true }));
  await expect(createNest('Express', { imports })).rejects.toEqual(
    new ConfigurationError('global', 'may be true for one ConnectAuthModule of an application'),
  );
});

test('one with global: true beside another, which could not be told apart: the application does not start', async () => {
  const controllers = [projectsController({ onHandler: [RequireOrg()] })];
  const feature = { module: class FeatureModule {}, imports: [ConnectAuthModule.forRoot(trust)], controllers };
  const imports = [ConnectAuthModule.forRoot({ ...trust, global: true }), feature];
  await expect(createNest('Express', { imports })).rejects.toEqual(
    new ConfigurationError('imports of FeatureModule', 'lead to 2 modules ConnectAuthModule: one at a time'),
  );
});
