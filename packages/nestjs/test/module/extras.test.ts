import { ConfigurationError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { ConnectAuthModule } from '../../src/index.js';

const options = { issuer: 'https://issuer.test', audience: 'projects' };
const fromFactory = { useFactory: () => options };

test.each(['true', 'false', '', 0, 1, null, [], {}])('global or checkRoutes that is %j is refused', (value) => {
  for (const name of ['global', 'checkRoutes']) {
    const wrong = { [name]: value };
    const refusal = new ConfigurationError(name, 'must be true or false');
    expect(() => ConnectAuthModule.forRoot({ ...options, ...wrong })).toThrow(refusal);
    expect(() => ConnectAuthModule.forRootAsync({ ...fromFactory, ...wrong })).toThrow(refusal);
  }
});

test.each(['isGlobal', 'globl', 'Global', 'issuer'])(
  '%s beside a factory would be silently ignored: refused',
  (name) => {
    const slip = { ...fromFactory, [name]: true };
    expect(() => ConnectAuthModule.forRootAsync(slip)).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', option: `forRootAsync.${name}` }),
    );
  },
);

test('undefined is as good as left out', () => {
  const unset = { global: undefined, checkRoutes: undefined } as object;
  expect(ConnectAuthModule.forRoot({ ...options, ...unset }).global).toBe(false);
  expect(ConnectAuthModule.forRootAsync({ ...fromFactory, ...unset }).global).toBe(false);
});
