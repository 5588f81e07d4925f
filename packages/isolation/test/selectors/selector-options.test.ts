import { ConfigurationError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { checkForeign } from '../../src/adapter.js';

test('the answer is the one that is asked for, or else the one of the place', () => {
  expect([
    checkForeign('orgParam()', {}, 'hide'),
    checkForeign('orgParam()', { foreign: 'forbid' }, 'hide'),
    checkForeign('orgHeader()', { foreign: 'hide' }, 'forbid'),
  ]).toEqual(['hide', 'forbid', 'hide']);
});

test.each<[options: object]>([
  [{ foreign: '404' }],
  [{ foreign: null }],
  [{ foreign: ['hide'] }],
  [{ foriegn: 'hide' }],
])('%j is refused at the start', (options) => {
  expect(() => checkForeign('orgParam()', options, 'hide')).toThrow(ConfigurationError);
});
