import { inspect } from 'node:util';
import { OrgForbiddenError } from '@connect-auth/core';
import { refusalDetailsOf, withRefusalDetails } from '@connect-auth/core/adapter';
import { expect, test } from '@jest/globals';

test('an error keeps what it was about where no log and no error handler shows it', () => {
  const error = new OrgForbiddenError('org_mismatch');
  const plain = [inspect(error), JSON.stringify(error), Object.keys(error), { ...error }];
  const detailed = withRefusalDetails(error, { layer: 'loader', rule: 'project', ownerOrg: 'org_secret' });
  expect(detailed).toBe(error);
  expect(refusalDetailsOf(error)).toEqual({ layer: 'loader', rule: 'project', ownerOrg: 'org_secret' });
  expect([inspect(error), JSON.stringify(error), Object.keys(error), { ...error }]).toEqual(plain);
  expect(JSON.stringify(structuredClone({ ...error }))).not.toContain('org_secret');
});

test('what is added later stands beside what was there', () => {
  const error = withRefusalDetails(new Error('x'), { layer: 'route', rule: 'path' });
  withRefusalDetails(error, { ownerOrg: 'org_a' });
  expect(refusalDetailsOf(error)).toEqual({ layer: 'route', rule: 'path', ownerOrg: 'org_a' });
});

test.each([undefined, null, 'error', 7, {}])('of %p nothing is known', (value) => {
  expect(refusalDetailsOf(value)).toEqual({});
});
